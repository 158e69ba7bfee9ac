import { entryOf } from '../../ground/json.js';
import { Open, isMembers, type OpenMembers, type OpenValue } from '../declared/open.js';

/** How a property becomes attributes: a name, the members of a block, or a function. */
export type Rule =
  | string
  | { readonly block: string; readonly of?: Rules }
  /** Texts of a list of one. */
  | { readonly one: string }
  /** Members of the property become attributes of the resource. */
  | { readonly of: Rules }
  | { readonly by: (value: OpenValue) => OpenMembers };

/** By the property's name. A property without a rule keeps its name, written as Terraform writes it. */
export type Rules = Readonly<Record<string, Rule>>;

/** `SubnetIds` is `subnet_ids`, `CidrIp` is `cidr_ip`. */
export function snake(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3_$2$4').toLowerCase();
}

/** Properties as attributes. A block that is not known as a whole stays so. */
export function converted(properties: OpenMembers, rules: Rules): OpenMembers {
  const found: Record<string, OpenValue | undefined> = {};
  const add = (more: OpenMembers): void => {
    for (const [name, value] of Object.entries(more)) {
      const known = found[name];
      found[name] = Array.isArray(known) && Array.isArray(value) ? [...(known as OpenValue[]), ...value] : value;
    }
  };
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;

    const rule = entryOf(rules, name);
    if (rule === undefined) add({ [snake(name)]: value });
    else if (typeof rule === 'string') add({ [rule]: value });
    else if ('one' in rule) add({ [rule.one]: [value] });
    else if ('by' in rule) add(rule.by(value));
    else if ('block' in rule) add({ [rule.block]: blocks(value, rule.of ?? {}) });
    else add(isMembers(value) ? converted(value, rule.of) : {});
  }
  return found;
}

/** A block is a list of one; more blocks are a list. */
function blocks(value: OpenValue, rules: Rules): OpenValue {
  if (value instanceof Open) return value;

  const list = Array.isArray(value) ? (value as readonly OpenValue[]) : [value];
  return list.map((one) => (isMembers(one) ? converted(one, rules) : one));
}

/** `[{ Key, Value }]` as members, by their names; some types have members already. */
export function keyed(value: OpenValue, names?: Readonly<Record<string, string>>): OpenMembers {
  if (!Array.isArray(value)) return isMembers(value) && names === undefined ? value : {};

  return Object.fromEntries(
    (value as readonly OpenValue[]).flatMap((one): [string, OpenValue][] => {
      const { Key: key, Value: text = null } = isMembers(one) ? one : {};
      const name = typeof key === 'string' ? (names === undefined ? key : names[key]) : undefined;
      return name === undefined ? [] : [[name, text]];
    }),
  );
}

/** The JSON documents that follow each other in a text, as `>>` of a shell writes pages. Their syntax is not checked. */
export function documentsIn(text: string): readonly string[] {
  const found: string[] = [];
  const marks = /"(?:[^"\\]|\\[^])*"?|[{}[\]]/g;
  let depth = 0;
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(marks)) {
    if (mark === '{' || mark === '[') depth += 1;
    else if (mark === '}' || mark === ']') depth -= 1;
    else continue;
    if (depth > 0) continue;

    found.push(text.slice(start, index + 1));
    start = index + 1;
  }
  const rest = text.slice(start);
  return rest.trim() === '' ? found : [...found, rest];
}
