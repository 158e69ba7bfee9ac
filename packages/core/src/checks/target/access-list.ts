import type { Check } from '../../findings/check.js';
import { aboutTarget } from '../../findings/about.js';
import { listenerOf, settingsMissing } from '../../network/balancers/backend.js';
import { blockSet, readBlock } from '../../network/block-set.js';
import { listenerEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { sourceOf } from '../../network/sources/link-source.js';
import { balancedTargets } from '../../network/balancers/balancers.js';

/** `target/access-list`. */
export const targetAccessList: Check = {
  id: 'target/access-list',
  title: 'The access control list of the CLB listener lets the link in',
  severity: 'error',
  about:
    'A listener of a CLB instance can have an access control list: an allowing one lets in only what it holds (and everybody where it is ' +
    'empty), a denying one keeps that out. It sees the blocks of the vSwitches of an integration instance; of a conventional ' +
    'instance the blocks that the cloud names for it, and both of them, the old and the new, until a change of its spec is over.',
  sources: [
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/overview-of-access-control',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  *run(input) {
    for (const { integration, target, backend, balancer } of balancedTargets(input)) {
      if (balancer.kind !== 'classic') continue;
      const { link } = integration;
      const found = listenerOf(link.region, target, backend);
      if (found.is !== 'found') continue;
      const listener = found.value;
      const about = aboutTarget(integration, target);
      const whether = `the listener on port ${listener.port} of ${balancer.id} lets link ${link.name} in`;
      const { accessControl } = listener;
      if (accessControl === undefined) {
        const missing = settingsMissing(link.region, listener);
        if (missing !== undefined) yield unsure(about, whether, missing, { evidence: [listenerEvidence(listener)] });
        else {
          yield holds(input, about, () => ({
            message: `the listener on port ${listener.port} of ${balancer.id} has no access control list`,
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
        yield unsure(about, whether, missing, { evidence: [listenerEvidence(listener, `lists ${lists}`)] });
        continue;
      }
      const source = sourceOf(link);
      const set = blockSet(cidrBlocks);
      const evidence = [
        {
          kind: 'access control list',
          id: lists,
          text: `${kind === 'allow' ? 'lets in' : 'keeps out'} ${cidrBlocks.join(', ') || 'nothing'}`,
        },
      ];
      const refused = source.blocks.filter(({ text }) => {
        const block = readBlock(text);
        if (block === undefined) return false;
        return kind === 'allow' ? cidrBlocks.length > 0 && !set.has(block) : set.containment(block) !== 'outside';
      });
      const strange = cidrBlocks.find((text) => readBlock(text) === undefined);
      if (strange !== undefined && (kind === 'deny' ? refused.length === 0 : refused.length > 0)) {
        const what = `what the entry ${JSON.stringify(strange)} of ${lists} means`;
        yield unsure(about, whether, { what, remedy: `Correct ${JSON.stringify(strange)} in ${lists}.` }, { evidence });
        continue;
      }
      const names = refused.map(({ text, of }) => `${text} (${of})`).join(' and ');
      if (refused.length > 0) {
        yield fails(about, {
          message: `the access control list ${lists} of ${balancer.id} keeps out ${names}, where link ${link.name} calls from`,
          evidence,
          remedy:
            kind === 'allow'
              ? `Add ${refused.map(({ text }) => text).join(' and ')} to ${lists}.`
              : `Remove ${entriesAbout(cidrBlocks, refused).join(' and ')} from ${lists}.`,
        });
      } else if (source.missing !== undefined) yield unsure(about, whether, source.missing, { evidence });
      else {
        yield holds(input, about, () => ({
          message: `the access control list ${lists} of ${balancer.id} lets link ${link.name} in`,
          evidence,
        }));
      }
    }
  },
};

/** The entries of a list that hold an address of some blocks. */
function entriesAbout(entries: readonly string[], blocks: readonly { readonly text: string }[]): readonly string[] {
  const set = blockSet(blocks.map(({ text }) => text));
  return entries.filter((text) => {
    const block = readBlock(text);
    return block !== undefined && set.containment(block) !== 'outside';
  });
}
