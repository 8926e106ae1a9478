/// Pairs of letters that stand beside one another in words, where one of them is outside ASCII.
///
/// An entry such as "é:ac/_e" says which letters stand before é and which after it; "_" is an end of the word. Of two letters
/// outside ASCII, the first stands before the second. The pairs make up 95 % of the neighbours of each letter in training texts
/// of the language, most of them the Universal Declaration of Human Rights.
enum LetterPairs {
    /// French.
    static let french = """
        à:_l/_ â:_bghmprté/cglmnt ç:_aenr/aou è:cdghilmprt/cglmrstv é:_cdfghilmnprstv/_acdegjlmnprstv ê:_fmruv/mt ë:u \
        î:_abou/clmnst ï:a/esv ô:_achlprt/lmnpt ù:o/_ û:deors/lrt ü:abfmt/_dlnr œ:bcsv/iu
        """
    /// German.
    static let german = """
        ß:aeiouö/_beilntu ä:_bfhklmnprstwz/cdfghilmnrstu ö:_bhklmnrstvwz/cfghlnrst ü:_bdfhjklmrstw/bcdghlnrst
        """
    /// Spanish.
    static let spanish = """
        á:_cdlmrtu/_cflmnqrst é:_cdilmrtuv/_cdlnrstu í:abcdfglnrstuvxñ/_acdfgmnost ñ:aei/aeo ó:_cdegilmnrstyz/_flmnrs \
        ú:_afglmnpst/abclmnst
        """
    /// Portuguese.
    static let portuguese = """
        à:_/_s á:_cdijlmnrstv/_glqrtvx â:_cefglrtv/mn ã:nrstç/o ç:aeinu/a é:_blmrstuv/_cdmrst ê:_cdgirtu/mns \
        í:aclmnprstuv/cdflnorstv ó:_ceglmprst/_cdglprsx ô:bfmnprt/mns õ:pstç/e ú:_ademnp/bcdlmntv
        """
    /// Italian.
    static let italian = """
        à:irt/_ è:_h/_ ì:dlrsu/_ ò:cimnrstuv/_ ù:i/_
        """
    /// Danish, Norwegian, Swedish and Finnish.
    static let nordic = """
        ä:_dhjklmnprstvä/_ghiklmnrst å:_fghmnprstv/_bdegklnrst æ:_bfjlnrstv/blnrs ö:_bfghiklnrsty/_dgiklmnrstvy \
        ø:_bdfghjlmnrst/bdghjklmnprstvy
        """
    /// Icelandic and Faroese.
    static let icelandic = """
        á:_bfhjlmrþ/_agiklnrst æ:_bfghjlmnrstv/fgklmnrst é:fhrs/_lrt í:_lrstv/_fklmnstv ð:aeioruáæíóöý/_afhirsu \
        ó:_dfijrstþ/hklmnrst ö:_bfhjlmrstv/fgklnr ú:_bhjknrt/_afgiknrst ý:blnrs/gst þ:_fnrsð/aeijrv
        """
    /// Dutch.
    static let dutch = """
        é:_frté/_cen ë:aeio/egilnrw ï:eou/dens ó:rvó/r ö:o/p
        """
    /// Catalan, Occitan, Irish, Welsh, Breton and others.
    static let catalan = """
        à:_cfhijprtz/_r á:_dehlmnrt/_ilnstu â:_dht/_ln è:_dhimntuv/_nrs é:_cdfghimnrstw/_acilns ë:_dghikmnrtw/lmnst \
        í:acdhlmnrstu/_cdeflnorstu ñ:aeio/_aesv ó:_chinpstx/_dins ô:_mnr/cflv ù:_co/_n ú:_cghilmnprs/_abilnrst \
        û:_fjrs/gn
        """
    /// Albanian.
    static let albanian = """
        ç:_af/dfimu ë:_bdhjknpqrst/_mnrst
        """
    /// Polish.
    static let polish = """
        ó:dkprstw/bcjlrw ą:cdijknswzł/_cdgtz ć:aiyś/_ ę:bdijklmntz/_cdkpz ł:aegiopsuwyzóę/_aenouy ń:aeoyź/_s ś:_owy/clrw \
        ź:ady/_mn ż:_aeouyóąęł/_adenosy
        """
    /// Czech.
    static let czech = """
        á:dhiklmnrtvzřž/_bcdklmnrstvz é:dklmnrtv/_hkmnv í:cjmntvřšž/_chlmnrst ú:_/cjkprstvz ý:bdklnv/_ckmtz \
        č:_deoruéú/aeilno ě:bdmntv/_cdklmnst ř:_beoptváíě/eios š:aioptuvyzáýěšž/eilnotu ů:dhkmnptvž/_lmsv \
        ž:_aeimnoruáěů/_deintu
        """
    /// Slovak.
    static let slovak = """
        á:ilmnrtvz/_bcdklmnrstv é:dklnrv/_hm í:jlmnrstvšž/_chmnprsv ô:bdmv/dlsv ú:_jklnpst/_cdkprstvz ý:deklnrtv/_cklmv \
        č:_adeouú/aeilnou ľ:_dehoô/_abnsu ň:eoprtv/_ou š:_eiopuvyzáúš/aeinotu ť:_aisyzš/_a ž:_aenoruô/_adeinou
        """
    /// Hungarian.
    static let hungarian = """
        á:_bghjklmrstvz/bdghlnrstz é:_dgklmnrstvyz/bdgklnrst í:bdghklnpsz/nrt ó:bdjlmrtz/_adhls ö:_bjkltz/nrstvz \
        ú:_glsy/_gjlst ü:_bfklnrsyz/gklnt ő:dklnrstyz/_bdfklmnrstz ű:bkmry/_eklnvz
        """
    /// Romanian.
    static let romanian = """
        â:cflmnprtv/mnrtu î:_/mn ă:cdfglmnprstzţ/_cdmrstz ş:_aeiuâî/aceitu ţ:_aceinorsuă/aei
        """
    /// Croatian, Bosnian, Serbian in Latin letters, and Slovene.
    static let croatian = """
        ć:_aeiopru/aeiklnou č:_aeiouš/aeijlnou đ:aeoru/aeiu š:_aeikopru/aeiklnt ž:_aeioru/abein
        """
    /// Turkish.
    static let turkish = """
        â:_bcdfghklmnrsvzı/_bdfhiklmnrsty ç:_aehikloruü/_aeilmot î:_bdfhilmnprsvş/_bdhlnr ö:_bdgksy/dklnrsyz \
        ü:_bcdghklmnrstyçğş/_dklmnrstyz ğ:aeiouöı/aeilmru ı:_cdfklmnrstyçğş/_klmnrsy ş:_aeiruüı/_aeiklmt
        """
    /// Lithuanian.
    static let lithuanian = """
        ą:bgijlmnrstv/_jl č:aenrs/_i ė:bdklnrstv/_jlmst ę:bknsv/_ į:_lnrtž/_stv š:_aeik/_adeiklortv ū:bgkrt/dprst \
        ų:ijkmst/_j ž:_adeiuą/_aeimv
        """
    /// Latvian.
    static let latvian = """
        ā:_bdijklmnprstvķņšž/_cdjklmprst ē:bdlmprtvģņ/_cjklmrt ģ:_ip/ei ī:_cdlmnrstvzļš/_bdgkstv ķ:rš/i ļ:akē/_aiou \
        ņ:aeipt/aeiu š:_aekmotuāēī/aciou ū:bdklrst/cdrst ž:eu/ao
        """
    /// Estonian.
    static let estonian = """
        ä:_hjklmptvä/behilrt õ:_kmnpsv/hilrtu ö:tö/_glprst ü:_hprstü/dhkln
        """
    /// Vietnamese as windows-1258 writes it, with its marks after the letters.
    static let vietnamese = """
        à:bhlmnov/_noy á:_chiostđ/_cnopt â:_bcdhltuvđ/nuy ê:hiktvyđ/n í:hrtv/_acn ó:bchnđ/_an ô:bchmnstuđ/n ù:bcdhmv/_an \
        ú:chilnrx/_cnpt ă:bghmnortđ/mn đ:_/ai ơ:_chlrvđư/n ư:cdghlnrstđ/_ \
        \u{300}:aeiouyâêôăơư/_acghimnoptuy \
        \u{301}:aeiouyâêôăơư/_acghimnoptuy \
        \u{303}:aeiouyâêôăơư/_acghimnoptuy \
        \u{309}:aeiouyâêôăơư/_acghimnoptuy \
        \u{323}:aeiouyâêôăơư/_acghimnoptuy
        """
}
