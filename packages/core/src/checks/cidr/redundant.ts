import { conflicts } from '../../cidr/conflicts.js';
import { formatPrefix, type Prefix } from '../../cidr/prefix.js';
import { summarise } from '../../cidr/summarise.js';
import type { Check, LinkView } from '../check.js';
import { allowlistOf } from '../link-views.js';
import { aboutLink } from '../words/about.js';
import { readBlock } from '../words/block-set.js';
import { accessibleOf } from './accessible.js';
import { fails, holds, unsure } from '../words/outcome.js';

/** `cidr/redundant`. */
export const redundant: Check = {
  id: 'cidr/redundant',
  title: 'No entry of the allowlist lies in another one',
  severity: 'warning',
  about:
    'An entry within another one adds nothing, and misleads: whoever removes it believes that something is closed. An integration instance ' +
    'always reaches its own vSwitches, so that their blocks need no entry. Entries for different ports are no matter of this check. ' +
    'Where the spec has an allowlist, that one is looked at; else what stands on the cloud.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  *run(input) {
    for (const view of input.links) {
      // What the spec lists is what there will be.
      const { missing } = view.spec.allowlist === undefined ? accessibleOf(view) : {};
      if (missing !== undefined)
        yield unsure(aboutLink(view), `entries of the allowlist of link ${view.name} overlap`, missing);
      for (const { name, blocks, remedy } of listsOf(view)) {
        const about = aboutLink(view, name === '' ? undefined : name);
        const groups = summarise(conflicts(blocks), {
          nameOf: (prefix) => formatPrefix(prefix),
        });
        const [first] = groups;
        if (first === undefined) {
          yield holds(input, about, () => ({
            message: `no entry of the allowlist of link ${view.name} lies in another one`,
            evidence: [
              { kind: 'allowlist', id: view.link?.id ?? view.name, text: blocks.map(formatPrefix).join(', ') },
            ],
          }));
          continue;
        }
        const more = groups.length === 1 ? '' : `, and ${groups.length - 1} more of the kind`;
        const needless = groups.flatMap(({ others }) => others.flatMap((index) => blocks[index] ?? []));
        const names = [...new Set(needless.map(formatPrefix))];
        yield fails(about, {
          message: `entries of the allowlist of link ${view.name} overlap: ${first.sentence.replace(/\.$/, '')}${more}`,
          evidence: groups.slice(0, 10).map(({ widest, sentence }) => ({
            kind: 'allowlist entry',
            id: formatPrefix(widest),
            text: sentence,
          })),
          remedy: remedy(names.slice(0, 10).join(', ') + (names.length > 10 ? `, and ${names.length - 10} more` : '')),
        });
      }
    }
  },
};

interface List {
  readonly name: string;
  readonly blocks: readonly Prefix[];
  readonly remedy: (needless: string) => string;
}

/** The lists of a link in which entries can be compared: of AWS one for each range of ports. */
function* listsOf(view: LinkView): Iterable<List> {
  const { link, spec, name, region } = view;
  const entries = link === undefined ? [] : (allowlistOf(region, link.id)?.entries ?? []);
  const fixed = entries.filter((entry) => entry.fixed === true).map(({ cidrBlock }) => cidrBlock);
  if (spec.allowlist !== undefined) {
    const blocks = prefixes([...fixed, ...spec.allowlist.filter((text) => !fixed.includes(text))]);
    const remedy = (needless: string): string =>
      `Remove ${needless} from links.${name}.allowlist; it stays reachable without.`;
    if (blocks.length > 0) yield { name: '', blocks, remedy };
    return;
  }
  const byPorts = new Map<string, string[]>();
  for (const { cidrBlock, protocol, fromPort, toPort } of entries) {
    const key = protocol === 'all' ? '' : `${protocol} ${fromPort === toPort ? fromPort : `${fromPort}–${toPort}`}`;
    const known = byPorts.get(key);
    if (known === undefined) byPorts.set(key, [cidrBlock]);
    else known.push(cidrBlock);
  }
  for (const [ports, texts] of byPorts) {
    const remedy = (needless: string): string =>
      `Remove ${needless} with \`postern revoke ${name} ${needless.replaceAll(',', '')}\`; it stays reachable without.`;
    yield { name: ports, blocks: prefixes(texts), remedy };
  }
}

function prefixes(texts: readonly string[]): readonly Prefix[] {
  return texts.flatMap((text) => readBlock(text) ?? []);
}
