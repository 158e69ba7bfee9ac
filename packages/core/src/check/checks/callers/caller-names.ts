import type { SecurityGroup } from '../../../do/model/network.js';
import type { LinkView } from '../../../do/world/views.js';
import type { Source, SourceBlock } from '../../path/sources/link-source.js';
import type { Prefix } from '../../../cidr/prefix.js';

/** The caller that a rule is for, and the group that is to have the rule. */
interface Wanted {
  /** The backend's groups, one of which is to hold the rule. */
  readonly groups: readonly SecurityGroup[];
  /** Set where rules for groups of the link may not hold. */
  readonly byBlocks?: boolean | undefined;
  /** The blocks that calls come from; all of the source where it is missing. */
  readonly blocks?: readonly { readonly text: string }[] | undefined;
}

/**
 * The peers of a rule that allows a link: each of the groups of its calls, where a rule can name them all,
 * otherwise its blocks. Each zone of an integration instance has its own group. On AWS an interface has all
 * groups of the link, and one of them is enough. Enterprise groups of Alibaba Cloud neither name groups nor are named, and no group of that cloud names itself.
 * @see https://www.alibabacloud.com/help/en/ecs/user-guide/basic-security-groups-and-advanced-security-groups
 */
export function callerNames(link: LinkView, source: Source, { groups, byBlocks, blocks }: Wanted): readonly string[] {
  const texts = (): ReadonlySet<string> => new Set((blocks ?? source.blocks).map(({ text }) => text));
  const callerBlocks = blocks === undefined ? source.blocks : within(source.blocks, texts());
  const carried = byBlocks === true ? undefined : carriedBy(link, callerBlocks);
  const named = carried?.every((id) => canName(link, groups, id)) === true ? carried : [];
  return named.length > 0 ? named : [...texts()];
}

function within(blocks: readonly SourceBlock[], texts: ReadonlySet<string>): readonly SourceBlock[] {
  return blocks.filter(({ text }) => texts.has(text));
}

/** One group of each of the blocks' calls; undefined where that is not known. */
function carriedBy({ securityGroupIds }: LinkView, blocks: readonly SourceBlock[]): readonly string[] | undefined {
  const ids: string[] = [];
  const all = [securityGroupIds];
  for (let at = 0; at < Math.max(blocks.length, 1); at += 1) {
    const choices = blocks[at]?.groupIds ?? all;
    const first = choices[0]?.[0];
    if (first === undefined || choices.length > 1) return undefined;

    if (!ids.includes(first)) ids.push(first);
  }
  return ids;
}

function canName({ region }: LinkView, groups: readonly SecurityGroup[], id: string): boolean {
  const own = region.find('securityGroups', id);
  if (own.is === 'found' && own.value.kind === 'enterprise') return false;

  return !groups.some((group) => group.kind === 'enterprise' || (group.kind !== undefined && group.id === id));
}

/** A caller that the spec declares for a port behind a security group: a link, or a load balancer that forwards to its targets. */
export interface DeclaredCaller {
  readonly port: number;
  /** Groups that its calls carry. */
  readonly groupIds: readonly string[];
  readonly prefixes: readonly Prefix[];
  /** What a rule for it has to name: a group, or blocks. None where it needs no rule. */
  readonly names: readonly string[];
}

/** The caller, on any port. */
export type Client = Omit<DeclaredCaller, 'port'>;
