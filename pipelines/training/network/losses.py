"""The losses of training: expand (bits of the text given its memory codes), forward, cycle and retrieval."""

import torch
import torch.nn.functional as F

from corpus.words import MEM, SEP
from network.lexical import ALL, NONE, NOT_LETTER
from network.model import rms

NEVER = -1e9


class Memories:
    """Memory codes of the remembered passages of a batch and of their documents; zero for all others."""

    def __init__(self, model, batch):
        n, B, D = batch.with_memory, batch.ids.shape[0], model.shape["code"]
        device = batch.ids.device
        self.passage = torch.zeros(B, D, device=device)
        self.document = torch.zeros(B, D, device=device)
        if n == 0:
            return
        query = torch.full((n,), MEM, device=device)
        codes, self.z = model.compress(batch.whole[:n], batch.lengths[:n], query)
        widest = max(e - s for s, e in batch.groups)
        grouped = torch.stack([F.pad(codes[s:e], (0, 0, 0, widest - (e - s))) for s, e in batch.groups])
        counts = torch.tensor([e - s for s, e in batch.groups], device=device)
        documents, self.document_z = model.compress_document(grouped, counts, SEP)
        self.passage = torch.cat((codes.float(), self.passage[n:]))
        self.document = torch.cat(
            [documents[g : g + 1].float().expand(e - s, -1) for g, (s, e) in enumerate(batch.groups)]
            + [self.document[n:]]
        )


def constrained(model, lexicon_tensors, batch, h, want_argmax=False):
    """Nats of each passage [B] under the lexical constraint. With want_argmax also the likeliest token at each position [B, T]."""
    shared, shared_letter, slot = lexicon_tensors  # [S], [S] bool, [V] index into shared or -1
    B, T, C = h.shape
    E = model.output_rows().to(h.dtype if h.dtype == torch.bfloat16 else torch.float32)
    valid = (batch.target >= 0).view(-1)
    at = (valid & (batch.state.view(-1) != NONE)).nonzero()[:, 0]
    flat = h.reshape(B * T, C)
    hb, state, target, row = flat[at], batch.state.view(-1)[at], batch.target.view(-1)[at], at // T
    z_shared = F.linear(hb, E[shared]).float().masked_fill((state == NOT_LETTER)[:, None] & shared_letter, NEVER)
    own = batch.own_tokens
    z_own = torch.bmm(h, E[own.clamp_min(0)].transpose(1, 2)).reshape(B * T, -1)[at].float()
    g = model.bias(h).reshape(B * T, 4)[at].float() + model.bias0
    f = batch.feature.view(-1)[at]
    unused_bias = g[:, 0] + g[:, 2] * f + g[:, 3] * f * f
    used = (at % T)[:, None] > batch.own_last[row]
    blocked = (own < 0)[row] | ((state == NOT_LETTER)[:, None] & model.letter_first[own.clamp_min(0)][row])
    z_own = (z_own + torch.where(used, g[:, 1:2], unused_bias[:, None])).masked_fill(blocked, NEVER)
    z = torch.cat((z_shared, z_own), 1)
    place = torch.zeros(B * T, dtype=torch.long, device=h.device).index_put(
        (at,), torch.arange(at.numel(), device=h.device)
    )
    z = z.index_put((place[batch.match_at], batch.match_candidate), batch.match_bias, accumulate=True)
    total = torch.full((B * T,), NEVER, device=h.device).index_put((at,), z.logsumexp(1))
    in_shared = slot[target] >= 0
    own_hit = own[row] == target[:, None]
    index = torch.where(in_shared, slot[target], shared.numel() + own_hit.int().argmax(1))
    found = (in_shared | own_hit.any(1)) & ((state == ALL) | ~model.letter_first[target])
    chosen = torch.full((B * T,), NEVER, device=h.device).index_put(
        (at[found],), z[found].gather(1, index[found, None])[:, 0]
    )
    if batch.child_at.numel():
        child = batch.child
        zc = (
            torch.einsum("nc,nkc->nk", flat[batch.child_at], E[child.clamp_min(0)])
            .float()
            .masked_fill(child < 0, NEVER)
        )
        zc = zc.index_put((batch.match_child, batch.match_continuation), batch.match_child_bias, accumulate=True)
        total = total.index_put((batch.child_at,), torch.logaddexp(total[batch.child_at], zc.logsumexp(1)))
        hit = child == batch.target.view(-1)[batch.child_at][:, None]
        rows = hit.any(1)
        chosen = chosen.index_put((batch.child_at[rows],), zc[rows].gather(1, hit[rows].int().argmax(1)[:, None])[:, 0])
    nats = torch.where(valid, total - chosen, torch.zeros_like(total)).view(B, T).sum(1)
    if not want_argmax:
        return nats
    best = torch.full((B * T,), NEVER, device=h.device).index_put((at,), z.max(1)[0])
    pick = z.argmax(1)
    S = shared.numel()
    token = torch.zeros(B * T, dtype=torch.long, device=h.device).index_put(
        (at,),
        torch.where(
            pick < S,
            shared[pick.clamp_max(S - 1)],
            own.clamp_min(0)[row].gather(1, (pick - S).clamp_min(0)[:, None])[:, 0],
        ),
    )
    if batch.child_at.numel():
        better, which = zc.max(1)
        token[batch.child_at] = torch.where(
            better > best[batch.child_at], child.clamp_min(0).gather(1, which[:, None])[:, 0], token[batch.child_at]
        )
    return nats, token.view(B, T)


def words_from_memory(model, code, pieces, piece_offsets, owner):
    """Nats a piece to name the pieces of term sets from memory codes: `owner` [number of bags] says from which row of `code`."""
    C = model.shape["width"]
    scores = F.log_softmax(rms(model.from_code(code)) @ rms(model.embedding.weight).t() / C**0.5, -1)
    ends = torch.cat((piece_offsets[1:], piece_offsets.new_tensor([pieces.numel()])))
    bag = torch.repeat_interleave(torch.arange(piece_offsets.numel(), device=pieces.device), ends - piece_offsets)
    n = owner.numel()
    keep = bag < n
    return -scores[owner[bag[keep]], pieces[keep]].mean()


def retrieval(z_question, z_passage, queue, temperature=0.1):
    """Contrast of a question's code with the code of its passage, among those of the batch and of a queue of earlier ones."""
    q, p = (
        F.normalize(z_question, dim=-1),
        F.normalize(torch.cat((z_passage, queue)) if queue is not None else z_passage, dim=-1),
    )
    return F.cross_entropy(q @ p.t() / temperature, torch.arange(q.shape[0], device=q.device))
