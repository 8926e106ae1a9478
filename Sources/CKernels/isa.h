#pragma once
/// Whether the machine has AVX-VNNI: VNNI in 256 bits without AVX-512.
int ck_has_avxvnni(void);
