import type { Fuel } from '../../declared/fuel.js';
import type { Value } from '../../declared/values.js';
import type { ModulePath } from '../instances.js';
import { returned, unevaluated } from './functions.js';
import type { Step, Syntax } from './syntax.js';
import {
  ABSENT,
  eitherOf,
  entriesOf,
  isKnown,
  isList,
  isObject,
  isUnknown,
  joined,
  membersIn,
  oneOf,
  OneOf,
  orAbsent,
  perhaps,
  Unknown,
  UnknownList,
  type Evaluated,
  type Found,
} from './unknown.js';

/** What names in an expression are. */
export interface Names {
  /** Names of its own: of iterations, and of blocks. */
  readonly own: ReadonlyMap<string, Evaluated>;
  /** Any other: `local.a`, with what of the path was not used. */
  readonly find: (path: readonly [string, ...Step[]]) => readonly [found: Found, rest: readonly Step[]];
  /** What a function returns that needs more than its arguments, such as files. Undefined: it is none of these. */
  readonly call?: ((name: string, all: readonly Found[]) => Found | undefined) | undefined;
  readonly fuel: Fuel;
  /** Where the expression stands. */
  readonly module?: ModulePath | undefined;
}

/** One, several or parts of what is named: steps into it may be steps into each. `isEach`: its instances are made of it. */
export class AnyOf extends Unknown {
  constructor(
    readonly named: readonly string[],
    readonly names: Names,
    readonly steps: readonly Step[] = [],
    readonly isEach = false,
  ) {
    super([]);
  }
}

/** The value of an expression, as far as it is known before the apply. */
export function evaluate(syntax: Syntax, names: Names): Found {
  const { fuel } = names;
  return fuel.inside(() => fuel.weighed(evaluated(syntax, names)));
}

function evaluated(syntax: Syntax, names: Names): Found {
  switch (syntax.is) {
    case 'value':
      return syntax.value;
    case 'name': {
      const [first, ...rest] = syntax.path;
      const own = names.own.get(first);
      if (own !== undefined) return within(own, rest);

      const [found, left] = names.find(syntax.path);
      return within(found, left);
    }
    case 'object':
      return objectOf(
        syntax.items.map(([key, value]) => [evaluate(key, names), orNull(evaluate(value, names))] as const),
      );
    case 'list': {
      const items = syntax.items.map((one) => evaluate(one, names));
      // What is absent in it is an error of the whole, which `try` gets over.
      return items.includes(ABSENT) ? ABSENT : items.map(orNull);
    }
    case 'call': {
      const all = names.fuel.weighed(syntax.arguments.map((one): Found => evaluate(one, names)));
      const last = all.at(-1);
      const given = syntax.expands && last !== undefined && isList(last) ? [...all.slice(0, -1), ...last] : all;
      if (syntax.expands && last !== undefined && !isList(last)) return unevaluated(syntax.name, all);

      return names.call?.(syntax.name, given) ?? returned(syntax.name, given);
    }
    case 'if': {
      const condition = evaluate(syntax.condition, names);
      if (isTrue(condition)) return evaluate(syntax.yes, names);
      if (isFalse(condition)) return evaluate(syntax.no, names);

      const both: readonly Found[] = [syntax.yes, syntax.no]
        .map((one): Found => evaluate(one, names))
        .filter((one) => one !== ABSENT);
      if (both.length === 0) return ABSENT;

      // It may be nothing: then the provider decides, or there are fewer.
      const isNothing = both.some(
        (one) => one === null || (isKnown(one) && membersIn(one).length === 0 && typeof one === 'object'),
      );
      if (!isNothing) return oneOf(both);

      const { texts, reasons } = eitherOf(both);
      return new Unknown(texts, [...reasons, 'a condition that is known later chooses it, or nothing']);
    }
    case 'for':
      return iterated(syntax, names);
    case 'step':
      return within(evaluate(syntax.of, names), stepsOf(syntax.path, names));
    case 'splat':
      return splat(evaluate(syntax.of, names), stepsOf(syntax.path, names));
    case 'text': {
      const parts: readonly Found[] = syntax.parts.map((one): Found => evaluate(one, names));
      return joined(names.fuel.weighed(parts));
    }
    case 'operator':
      return operated(
        syntax.operator,
        syntax.operands.map((one) => evaluate(one, names)),
      );
    case 'anyOf':
      return new AnyOf(syntax.names, names);
    case 'unread':
      return new Unknown([], [`${syntax.text} is not read`]);
  }
}

function stepsOf(path: readonly (Step | Syntax)[], names: Names): readonly (Found | Step)[] {
  return path.map((step) => (typeof step === 'object' ? evaluate(step, names) : step));
}

function splat(of: Found, path: readonly (Found | Step)[]): Found {
  if (of instanceof OneOf) return oneOf(of.values.map((one) => splat(one, path)));
  if (isUnknown(of) || of === ABSENT) return of;

  const all = isList(of) ? of : of === null ? [] : [of];
  return all.map((one) => orNull(within(one, path)));
}

/** What is at the end of a path. */
export function within(of: Found, path: readonly (Found | Step)[]): Found {
  return path.reduce<Found>(stepInto, of);
}

/** In place of a step: each. */
const EACH = '*';

function stepInto(of: Found, step: Found | Step): Found {
  if (of === ABSENT || step === ABSENT) return ABSENT;
  if (of instanceof OneOf) return oneOf(of.values.map((one) => stepInto(one, step)));
  if (of instanceof AnyOf && (typeof step === 'string' || typeof step === 'number'))
    return new AnyOf(of.named, of.names, [...of.steps, step], of.isEach);
  // Which of its parts is not known.
  if (isUnknown(of)) return of instanceof UnknownList ? eitherOf([of]) : of;
  if (isUnknown(step) || step === EACH) return oneOf(membersIn(of));
  if (isList(of)) return orAbsent(of[Number(step)]);
  if (!isObject(of)) return ABSENT;

  const key = String(step);
  if (Object.hasOwn(of, key)) return of[key] ?? null;

  const lacking = (of as WithOptional)[OPTIONAL];
  return lacking === undefined ? ABSENT : lacking(key);
}

/** Marks objects whose type has optional attributes: what one has in place of an attribute that it lacks. */
export const OPTIONAL: unique symbol = Symbol('optional');

interface WithOptional {
  readonly [OPTIONAL]?: (name: string) => Evaluated;
}

/** An object; of one with a key that is not known it is not known which. */
function objectOf(items: readonly (readonly [Found, Evaluated])[]): Evaluated {
  if (items.some(([key]) => typeof key !== 'string' && typeof key !== 'number'))
    return eitherOf(items.map(([, one]) => one));

  return Object.fromEntries(items.map(([key, one]) => [String(key), one]));
}

function iterated(syntax: Syntax & { readonly is: 'for' }, names: Names): Found {
  const of = evaluate(syntax.of, names);
  if (of === ABSENT) return ABSENT;

  const [keyName, valueName] = syntax.names;
  const inside = (key: Evaluated, value: Evaluated): Names => ({
    ...names,
    own: new Map([...names.own, [valueName, value], ...(keyName === '' ? [] : [[keyName, key] as const])]),
  });
  if (isUnknown(of)) {
    const each = of instanceof OneOf ? oneOf(of.values.flatMap(membersIn)) : of;
    return eitherOf([evaluate(syntax.value, inside(new Unknown([]), orNull(each)))]);
  }

  const entries = isList(of) ? of.map((one, at) => [at, one] as const) : isObject(of) ? entriesOf(of) : [];
  // A condition chooses among what is there, and is not a part of it.
  const chosen = entries.map(([key, value]) => {
    const own = inside(key, value);
    return [own, syntax.only === undefined ? true : evaluate(syntax.only, own)] as const;
  });
  const all = chosen.filter(([, only]) => !isFalse(only));
  const kept = all.map(([own]) => own);
  const values = all.map(([own, only]) => {
    const found = orNull(evaluate(syntax.value, own));
    return isTrue(only) ? found : perhaps(found);
  });
  const { key } = syntax;
  if (key === undefined) return values;

  const pairs = kept.map((one, at) => [evaluate(key, one), values[at] ?? null] as const);
  const keyed = objectOf(pairs);
  if (!syntax.isGrouped || !isObject(keyed)) return keyed;

  const groups = new Map<string, Evaluated[]>(Object.keys(keyed).map((name) => [name, []]));
  for (const [name, one] of pairs) groups.get(String(name))?.push(one);
  return Object.fromEntries(groups);
}

function operated(operator: string, [one = ABSENT, other = ABSENT]: readonly Found[]): Found {
  switch (operator) {
    case 'logicalNot':
      return isTrue(one) ? false : isFalse(one) ? true : eitherOf([]);
    case 'logicalAnd':
      return isFalse(one) || isFalse(other) ? false : isTrue(one) && isTrue(other) ? true : eitherOf([]);
    case 'logicalOr':
      return isTrue(one) || isTrue(other) ? true : isFalse(one) && isFalse(other) ? false : eitherOf([]);
    case 'equal':
    case 'notEqual': {
      const isSame = same(one, other);
      return isSame === undefined ? eitherOf([]) : isSame === (operator === 'equal');
    }
    case 'negate':
      return typeof one === 'number' ? -one : eitherOf([]);
    default: {
      const compute = ARITHMETIC.get(operator);
      return compute !== undefined && typeof one === 'number' && typeof other === 'number'
        ? compute(one, other)
        : eitherOf([]);
    }
  }
}

const ARITHMETIC: ReadonlyMap<string, (one: number, other: number) => Value> = new Map<
  string,
  (one: number, other: number) => Value
>([
  ['add', (one: number, other: number) => one + other],
  ['subtract', (one: number, other: number) => one - other],
  ['multiply', (one: number, other: number) => one * other],
  ['divide', (one: number, other: number) => one / other],
  ['modulo', (one: number, other: number) => one % other],
  ['greaterThan', (one: number, other: number) => one > other],
  ['greaterThanOrEqual', (one: number, other: number) => one >= other],
  ['lessThan', (one: number, other: number) => one < other],
  ['lessThanOrEqual', (one: number, other: number) => one <= other],
]);

/** Undefined: not known. What the apply creates is not null, and its ID differs from each text that is written now. */
function same(one: Found, other: Found): boolean | undefined {
  if (isKnown(one) && isKnown(other)) return JSON.stringify(one) === JSON.stringify(other);

  const [known, open]: readonly [Found, Found] = isKnown(one) ? [one, other] : [other, one];
  // An object with parts that are open is there.
  if (!isUnknown(open)) return known === null && (isObject(open) || isList(open)) ? false : undefined;

  const isAnother = known === null || (typeof known === 'string' && !open.texts.includes(known));
  return isAnother && open.texts.length > 0 && open.reasons.length === 0 ? false : undefined;
}

function isTrue(value: Found): boolean {
  return value === true || value === 'true';
}

function isFalse(value: Found): boolean {
  return value === false || value === 'false';
}

function orNull(value: Found): Evaluated {
  return value === ABSENT ? null : value;
}
