import { stating, type Judgement } from '../../findings/statement.js';
import type { targetAccessListWords } from './words/access-list.words.js';
import { settingsMissing } from '../../network/balancers/backend.js';
import { blockSet, readBlock } from '../../network/block-set.js';
import { listenerEvidence } from '../../findings/evidence.js';
import { sourceOf } from '../../network/sources/link-source.js';
import { classicTargets } from '../../network/balancers/balancers.js';

const { fails, holds, unsure } = stating<(typeof targetAccessListWords)['says']>();

/** `target/access-list`. */
export const targetAccessList: Judgement = {
  id: 'target/access-list',
  severity: 'error',
  *run(input) {
    for (const { integration, about, backend, balancer } of classicTargets(input)) {
      const { link } = integration;
      const found = backend.listener;
      if (found.is !== 'found') continue;
      const listener = found.value;
      const { accessControl } = listener;
      if (accessControl === undefined) {
        const missing = settingsMissing(link.region, listener);
        if (missing !== undefined)
          yield unsure(
            about,
            'LIST_NOT_READ',
            { port: listener.port, balancer: balancer.id, link: link.name },
            missing,
            { evidence: [listenerEvidence(listener)] },
          );
        else {
          yield holds(input, about, 'NO_LIST', () => ({
            params: { port: listener.port, balancer: balancer.id },
            evidence: [listenerEvidence(listener)],
          }));
        }
        continue;
      }
      const { ids, kind, cidrBlocks } = accessControl;
      const lists = ids.join(', ') || listener.id;
      if (cidrBlocks === undefined) {
        const missing = link.region.missing('listeners', listener.id) ?? {
          what: `the entries of ${lists}`,
          remedy: 'Allow slb:DescribeAccessControlListAttribute for these credentials, then take the snapshot again.',
          permission: 'slb:DescribeAccessControlListAttribute',
        };
        yield unsure(about, 'LIST_NOT_READ', { port: listener.port, balancer: balancer.id, link: link.name }, missing, {
          evidence: [listenerEvidence(listener, `lists ${lists}`)],
        });
        continue;
      }
      const source = sourceOf(link);
      const set = blockSet(cidrBlocks);
      const evidence = [
        {
          kind: 'access control list',
          id: lists,
          text: `${kind === 'allow' ? 'allows' : 'denies'} ${cidrBlocks.join(', ') || 'nothing'}`,
        },
      ];
      const refused = source.blocks.filter(({ text }) => {
        const block = readBlock(text);
        if (block === undefined) return false;
        return kind === 'allow' ? cidrBlocks.length > 0 && !set.has(block) : set.containment(block) !== 'outside';
      });
      const strange = cidrBlocks.find((text) => readBlock(text) === undefined);
      if (strange !== undefined && (kind === 'deny' ? refused.length === 0 : refused.length > 0)) {
        const what = `the meaning of the entry ${JSON.stringify(strange)} of ${lists}`;
        yield unsure(
          about,
          'LIST_NOT_READ',
          { port: listener.port, balancer: balancer.id, link: link.name },
          { what, remedy: `Correct the entry ${JSON.stringify(strange)} of ${lists}.` },
          { evidence },
        );
        continue;
      }
      if (refused.length > 0) {
        yield fails(about, 'LIST_REFUSES', {
          params: {
            lists,
            balancer: balancer.id,
            refusedFrom: refused.map(({ text, of }) => `${text} (${of})`),
            link: link.name,
            kind,
            refused: refused.map(({ text }) => text),
            entries: entriesAbout(cidrBlocks, refused),
          },
          evidence,
        });
      } else if (source.missing !== undefined)
        yield unsure(
          about,
          'LIST_NOT_READ',
          { port: listener.port, balancer: balancer.id, link: link.name },
          source.missing,
          { evidence },
        );
      else {
        yield holds(input, about, 'LIST_ADMITS', () => ({
          params: { lists, balancer: balancer.id, link: link.name },
          evidence,
        }));
      }
    }
  },
};

/** The entries of a list that contain an address of some blocks. */
function entriesAbout(entries: readonly string[], blocks: readonly { readonly text: string }[]): readonly string[] {
  const set = blockSet(blocks.map(({ text }) => text));
  return entries.filter((text) => {
    const block = readBlock(text);
    return block !== undefined && set.containment(block) !== 'outside';
  });
}
