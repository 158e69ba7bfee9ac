import { blockText } from '../end.js';
import { type Filter } from './filter.js';
import { type KeptGroup } from './kept-group.js';
import { type References } from './judge.js';
import { holds, readSpan } from '../span.js';
import { type Way } from '../step.js';
import { firstOf, wantedRule } from './wanted-rule.js';

export function otherOf(direction: 'in' | 'out', way: Way): { readonly other: string; readonly block: string } {
  const end = direction === 'in' ? way.from : way.to;
  return { other: end.text, block: blockText(end) };
}

/** `Add an inbound rule to sg-2: tcp 8080 from sg-1.` */
export function addRule(filter: Filter, way: Way, references: References): string {
  const { direction, set } = filter;
  const { block } = otherOf(direction, way);
  if (set.planned !== undefined) return `Add ${block} to ${set.planned} in the spec.`;
  const kept = direction === 'out' ? way.from.kept : undefined;
  if (kept !== undefined && set.ids.includes(kept.id)) return keepRule(kept, way, block);
  const { peer, priority } = wantedRule(filter, way, references);
  const order = priority === undefined ? '' : ` with priority ${priority}`;
  return `Add ${rule(direction)} to ${firstOf(set)}: tcp ${way.port} ${preposition(direction)} ${peer}${order}.`;
}

/** The spec decides the rules of a group that Postern manages: the next `apply` removes a rule that is added by hand. */
function keepRule({ id, declared, path }: KeptGroup, { to: { span }, port }: Way, block: string): string {
  const { allowlist = [], allowPorts = {} } = declared;
  const around = allowlist.filter((text) => {
    const one = readSpan(text);
    return one !== undefined && holds(one, span);
  });
  const allows = (text: string): boolean =>
    allowPorts[text]?.some(({ fromPort, toPort }) => fromPort <= port && port <= toPort) ?? true;
  const [first] = around;
  if (first !== undefined && !around.some(allows))
    return `Add port ${port} to the entry ${first} of ${path} in the spec and run \`postern apply\`.`;
  return first !== undefined
    ? `Run \`postern apply\`: it restores the rules of ${id} that ${path} declares.`
    : `Add ${block} to ${path} in the spec and run \`postern apply\`, which manages the rules of ${id}.`;
}

function rule(direction: 'in' | 'out'): string {
  return direction === 'in' ? 'an inbound rule' : 'an outbound rule';
}

export function bound(direction: 'in' | 'out'): string {
  return direction === 'in' ? 'inbound' : 'outbound';
}

export function preposition(direction: 'in' | 'out'): string {
  return direction === 'in' ? 'from' : 'to';
}
