import { WIDTH } from '../../cidr/ip-address.js';
import { zoneByOrder } from '../declared/zones.js';
import { cidrOf, subnetOf } from '../declared/cidr-blocks.js';
import { entryOf } from '../../ground/json.js';
import type { Fuel } from '../declared/fuel.js';
import { Open, isMembers, type OpenText, type OpenValue } from '../declared/open.js';
import type { Value } from '../declared/values.js';
import { membersOf, type Template } from './read-template.js';

/** What is given for a parameter; of one of Systems Manager that is a name, and `resolved` what the name has. */
export type ParameterValue = string | { readonly resolved: string };

/** What expressions of a template are evaluated with. */
export interface Scope {
  readonly template: Template;
  /** What is given for a parameter. Undefined: its default counts. */
  readonly parameter: (name: string) => ParameterValue | Open | readonly OpenValue[] | undefined;
  /** What is said of values that are not there; by default `is not in the change set`. */
  readonly lacks?: { readonly parameter: string; readonly other: string } | undefined;
  /** What another stack exports. Undefined: it is not there. */
  readonly exported?: ((name: string) => OpenValue | undefined) | undefined;
  /** `AWS::Region` and its like. */
  readonly pseudo: Readonly<Record<string, string | undefined>>;
  /** What `Ref`, or `Fn::GetAtt` with an attribute, of a resource is. */
  readonly resource: (name: string, attribute: string | undefined) => OpenValue;
  readonly fuel: Fuel;
}

/** `AWS::NoValue`: the property is not there. */
const NO_VALUE = Symbol('AWS::NoValue');

type Result = OpenValue | typeof NO_VALUE;
type Evaluate = (argument: Value, scope: Scope, depth: number) => Result;

const LACKS = 'is not in the change set';

const open = (reason: string): Open => new Open([], [reason]);

/** Conditions that name each other more often than this are a circle. */
const MOST_STEPS = 100;
/** The blocks that `Fn::Cidr` makes. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html */
const MOST_BLOCKS = 256;
/** No region has more zones. */
const MOST_ZONES = 6;

/**
 * A value of a template with its functions evaluated. What cannot be decided is an {@link Open}, with the resources that
 * it names or the reason.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function evaluate(value: Value, scope: Scope): OpenValue {
  const result = evaluated(value, scope, 0);
  return result === NO_VALUE ? null : result;
}

function evaluated(value: Value, scope: Scope, depth: number): Result {
  return scope.fuel.inside(() => inside(value, scope, depth));
}

function inside(value: Value, scope: Scope, depth: number): Result {
  if (depth > MOST_STEPS) return open('the expressions form a circle, or are nested too deep');
  if (typeof value === 'string') return dynamic(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return (value as readonly Value[]).map((one) => evaluated(one, scope, depth + 1)).filter((one) => one !== NO_VALUE);

  const entries = Object.entries(value);
  const [[name, argument] = ['', null]] = entries;
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const known = entryOf(FUNCTIONS, name);
    return known === undefined
      ? open(`${name} is not evaluated`)
      : scope.fuel.weighed(known(argument, scope, depth + 1));
  }

  const members = entries.map(([key, one]) => [key, evaluated(one, scope, depth + 1)] as const);
  return Object.fromEntries(members.filter((one): one is [string, OpenValue] => one[1] !== NO_VALUE));
}

/** A reference to a parameter or a secret that CloudFormation resolves when the change set is executed. */
function dynamic(text: string): string | Open {
  const [, service] = /\{\{resolve:([a-z-]+):/.exec(text) ?? [];
  if (service === undefined) return text;

  return new Open([], [`a dynamic reference ({{resolve:${service}:…}}) is resolved during the execution`], true);
}

const FUNCTIONS: Readonly<Record<string, Evaluate>> = {
  Ref: (argument, scope) => reference(String(argument), scope),
  'Fn::GetAtt': (argument, { resource }) => {
    const [name, attribute] =
      typeof argument === 'string' ? split(argument) : Array.isArray(argument) ? argument.map(String) : [];
    return resource(name ?? '', attribute ?? '');
  },
  'Fn::Sub': (argument, scope, depth) => {
    const [template, given] = Array.isArray(argument) ? (argument as readonly Value[]) : [argument];
    const own = membersOf(given);
    if (typeof template !== 'string') return open('Fn::Sub has no text');

    const parts = scope.fuel.weighed(substituted(template)).map((part, at): OpenValue => {
      if (at % 2 === 0) return part;

      const name = part.trim();
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (Object.hasOwn(own, name)) return valued(evaluated(own[name] ?? null, scope, depth));

      const [resource = '', attribute] = split(name);
      return attribute === undefined ? valued(reference(name, scope)) : scope.resource(resource, attribute);
    });
    return joined(scope.fuel.weighed(parts));
  },
  'Fn::Join': (argument, scope, depth) => {
    const [separator, list] = Array.isArray(argument) ? (argument as readonly Value[]) : [];
    const values = valued(evaluated(list ?? null, scope, depth));
    if (values instanceof Open) return values;
    if (!Array.isArray(values)) return open('Fn::Join has no list');

    const parts = (values as readonly OpenValue[]).flatMap((one, at) => (at === 0 ? [one] : [String(separator), one]));
    return joined(scope.fuel.weighed(parts));
  },
  'Fn::Select': (argument, scope, depth) => {
    const [index, list] = Array.isArray(argument) ? (argument as readonly Value[]) : [];
    const at = valued(evaluated(index ?? null, scope, depth));
    const values = valued(evaluated(list ?? null, scope, depth));
    if (at instanceof Open) return at;
    if (values instanceof Open) return values;

    return (
      (Array.isArray(values) ? (values as readonly OpenValue[])[Number(at)] : undefined) ??
      open('Fn::Select names nothing')
    );
  },
  'Fn::Split': (argument, scope, depth) => {
    const [separator, source] = Array.isArray(argument) ? (argument as readonly Value[]) : [];
    const text = valued(evaluated(source ?? null, scope, depth));
    return typeof text === 'string'
      ? text.split(String(separator))
      : isOpen(text)
        ? text
        : open('Fn::Split has no text');
  },
  'Fn::If': (argument, scope, depth) => {
    const [name, yes, no] = Array.isArray(argument) ? (argument as readonly Value[]) : [];
    const isTrue = condition({ Condition: name ?? null }, scope, depth);
    if (isTrue instanceof Open) return isTrue;

    return evaluated((isTrue ? yes : no) ?? null, scope, depth);
  },
  'Fn::FindInMap': (argument, scope, depth) => {
    const keys = valued(evaluated(Array.isArray(argument) ? argument.slice(0, 3) : null, scope, depth));
    const list = Array.isArray(keys) ? (keys as readonly OpenValue[]) : [];
    const unknown = list.find(isOpen);
    if (unknown !== undefined) return unknown;

    let at: Value | undefined = scope.template.mappings;
    for (const key of list) {
      const members = membersOf(at);
      at = entryOf(members, String(key));
    }
    return at === undefined
      ? open(`Fn::FindInMap: ${list.map(String).join('.')} is not in the mappings`)
      : evaluated(at, scope, depth);
  },
  'Fn::ImportValue': (argument, scope, depth) => {
    const name = valued(evaluated(argument, scope, depth));
    const text = typeof name === 'string' ? name : '';
    return scope.exported?.(text) ?? open(`the export ${text} of another stack ${scope.lacks?.other ?? LACKS}`);
  },
  'Fn::Cidr': (argument, scope, depth) => {
    const values = valued(evaluated(argument, scope, depth));
    if (values instanceof Open) return values;

    const given = Array.isArray(values) ? (values as readonly OpenValue[]) : [];
    const unknown = given.find(isOpen);
    if (unknown !== undefined) return unknown;

    const [text = '', count = 0, hostBits] = given;
    const block = cidrOf(String(text));
    const bits = block === undefined ? 0 : WIDTH[block.address.family] - block.bits - Number(hostBits ?? Number.NaN);
    const blocks = Array.from({ length: Math.min(Number(count), MOST_BLOCKS) || 0 }, (_, at) =>
      block === undefined || !Number.isInteger(bits) ? undefined : subnetOf(block, bits, at),
    );
    return blocks.every((one) => one !== undefined) ? blocks : open(`Fn::Cidr does not divide ${String(text)} so`);
  },
  'Fn::Length': (argument, scope, depth) => {
    const values = valued(evaluated(argument, scope, depth));
    return Array.isArray(values) ? values.length : isOpen(values) ? values : open('Fn::Length has no list');
  },
  'Fn::ToJsonString': (argument, scope, depth) => joined(jsonParts(valued(evaluated(argument, scope, depth)))),
  // Whoever sends the text encodes it.
  'Fn::Base64': (argument, scope, depth) => evaluated(argument, scope, depth),
  // Which zones it names is not in the file, and two places in the list are two zones.
  'Fn::GetAZs': () => Array.from({ length: MOST_ZONES }, (_, at) => zoneByOrder(at)),
};

/** The parts of a value as JSON; a text that is open stands between its quotes. */
function jsonParts(value: OpenValue): readonly OpenValue[] {
  if (value instanceof Open) return ['"', value, '"'];

  const members = Array.isArray(value)
    ? (value as readonly OpenValue[]).map(jsonParts)
    : isMembers(value)
      ? Object.entries(value).map(([name, one]) => [`${JSON.stringify(name)}:`, ...jsonParts(one ?? null)])
      : undefined;
  if (members === undefined) return [JSON.stringify(value)];

  const [start, end] = Array.isArray(value) ? '[]' : '{}';
  return [start ?? '', ...members.flatMap((one, at) => (at === 0 ? one : [',', ...one])), end ?? ''];
}

function reference(name: string, scope: Scope): Result {
  if (name === 'AWS::NoValue') return NO_VALUE;
  if (name.startsWith('AWS::')) return scope.pseudo[name] ?? open(`${name} ${scope.lacks?.other ?? LACKS}`);

  const declared = entryOf(scope.template.parameters, name);
  if (declared === undefined) return scope.resource(name, undefined);
  if (!/^(?:false|undefined)$/i.test(String(declared['NoEcho'])))
    return new Open([], [`the parameter ${name} has NoEcho`], true);

  const type = String(declared['Type']);
  const isStored = type.startsWith('AWS::SSM::Parameter::Value');
  const given = scope.parameter(name);
  if (given instanceof Open || Array.isArray(given)) return given as OpenValue;

  const { Default: fallback } = declared;
  const named = given ?? (typeof fallback === 'object' || fallback === undefined ? undefined : String(fallback));
  const value = typeof named === 'object' ? (named as { readonly resolved: string }).resolved : named;
  if (value === undefined) return open(`the parameter ${name} ${scope.lacks?.parameter ?? LACKS}`);
  if (isStored && typeof named === 'string')
    return open(`what ${named} has in Systems Manager is not known: give it as ResolvedValue of the parameter ${name}`);
  if (/CommaDelimitedList|List</.test(type)) return value.split(',').map((one) => dynamic(one.trim()));

  return dynamic(value);
}

/** Whether a condition holds. */
export function condition(value: Value, scope: Scope, depth = 0): boolean | Open {
  return scope.fuel.inside(() => holds(value, scope, depth));
}

function holds(value: Value, scope: Scope, depth: number): boolean | Open {
  if (depth > MOST_STEPS) return open('the conditions form a circle');

  const [[name, argument] = ['', null]] = Object.entries(membersOf(value));
  const list = Array.isArray(argument) ? (argument as readonly Value[]) : [];
  if (name === 'Condition') {
    const { conditions } = scope.template;
    const found = entryOf(conditions, String(argument));
    return found === undefined
      ? open(`the condition ${String(argument)} is not in the template`)
      : condition(found, scope, depth + 1);
  }
  if (name === 'Fn::Equals') {
    const [one, other] = list.map((each) => valued(evaluated(each, scope, depth + 1)));
    const unknown = [one, other].find(isOpen);
    return unknown ?? String(one) === String(other);
  }
  if (name !== 'Fn::And' && name !== 'Fn::Or' && name !== 'Fn::Not')
    return open(`the condition ${name} is not evaluated`);

  const parts = list.map((each) => condition(each, scope, depth + 1));
  const decides = name === 'Fn::Or';
  if (name !== 'Fn::Not' && parts.includes(decides)) return decides;

  const unknown = parts.find(isOpen);
  if (unknown !== undefined) return unknown;

  return name === 'Fn::Not' ? parts[0] !== true : !decides;
}

/** Values in a row, as one text. */
export function joined(values: readonly OpenValue[]): OpenValue {
  const text: OpenText[number][] = [];
  const reasons: string[] = [];
  let isSecret = false;
  for (const one of values) {
    if (!(one instanceof Open)) {
      if (typeof one === 'object' && one !== null) reasons.push('a list is not a text');
      else text.push(String(one));
      continue;
    }

    isSecret ||= one.isSecret;
    reasons.push(...one.reasons);
    const [only, ...others] = one.texts;
    if (only === undefined || others.length > 0)
      reasons.push(...(one.reasons.length > 0 ? [] : ['a part is not known']));
    else text.push(...only);
  }
  if (reasons.length > 0) return new Open([], [...new Set(reasons)], isSecret);

  return text.every((part) => typeof part === 'string') ? dynamic(text.join('')) : new Open([text], [], isSecret);
}

function valued(value: Result): OpenValue {
  return value === NO_VALUE ? null : value;
}

function isOpen(value: unknown): value is Open {
  return value instanceof Open;
}

function split(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('.');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** The text of `Fn::Sub`: each second part is between `${` and `}`. */
export function substituted(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  let end = 0;
  for (let start = text.indexOf('${'); start >= 0; start = text.indexOf('${', end)) {
    end = text.indexOf('}', start + 2);
    if (end < 0) break;
    if (end === start + 2) continue;

    parts.push(text.slice(from, start), text.slice(start + 2, end));
    from = end + 1;
  }
  return [...parts, text.slice(from)];
}

/** Whether only the execution shows a value. */
export function isLater(shown: string): boolean {
  return shown.includes(LATER);
}

/** The value that CloudFormation shows, where it shows one, and else that of the template. */
const LATER = '{{changeSet:KNOWN_AFTER_APPLY}}';

/**
 * Values of a change set over those of the template: what only the execution shows is that of the template. Secrets of
 * the template stay hidden.
 * @see https://github.com/aws/aws-cdk-cli `template-and-changeset-diff-merger.ts` has the same placeholder
 */
export function merged(shown: OpenValue | undefined, template: OpenValue | undefined): OpenValue | undefined {
  if (template instanceof Open && template.isSecret) return template;
  if (shown === undefined) return template;
  if (typeof shown === 'string') {
    if (isLater(shown))
      return template instanceof Open || template !== undefined
        ? template
        : open('its value is known after the execution');

    return /^\*{4,}$/.test(shown) ? new Open([], ['its value is hidden (NoEcho)'], true) : dynamic(shown);
  }
  if (Array.isArray(shown)) {
    const other = Array.isArray(template) ? (template as readonly OpenValue[]) : [];
    return (shown as readonly OpenValue[]).map((one, at) => merged(one, other[at]) ?? null);
  }
  if (!isMembers(shown)) return shown;

  const other = isMembers(template) ? template : {};
  return Object.fromEntries(Object.entries(shown).map(([name, one]) => [name, merged(one, other[name])]));
}
