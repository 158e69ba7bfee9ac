import type { SymbolOf, AttributeUse } from '../../declared/open.js';
import { isMarked, marksAt, valueAt, type AttributePath } from '../../declared/values.js';
import type { Expression } from '../document.js';
import { expressionAt, isMerged, pathOf, tailsOf } from '../expressions.js';
import type { Followed } from './followed.js';
import type { Key, ModulePath, Part, TerraformInstance } from '../instances.js';

/** Where an expression stands: in an instance of a module, and of a resource or a call with a key. */
export interface Scope {
  readonly module: ModulePath;
  readonly key: Key;
  readonly forEach: Expression | undefined;
  readonly depth: number;
}

/** Follows what an expression names, or all that can be named where it stands. */
export interface FollowsExpressions {
  readonly follow: (expression: Expression, scope: Scope, rest: readonly Part[], into: Followed) => void;
  readonly followAnything: (why: string, scope: Scope, into: Followed) => void;
}

/** A chain of modules and resources that is longer is a circle. */
export const MOST_STEPS = 40;

const OWN_IDS = ['id', 'arn'];

/** Follows attributes of instances: their values, their IDs, and what their expressions name. */
export class AttributeFollower {
  constructor(
    readonly symbolOf: SymbolOf,
    readonly expressions: FollowsExpressions,
  ) {}

  attribute(instance: TerraformInstance, path: AttributePath, into: Followed, depth: number, written = path): void {
    const [name = ''] = path;
    if (isMarked(marksAt(instance.sensitive, path))) {
      into.reasons.add(`${instance.address}.${String(name)} is sensitive`);
      return;
    }

    const expression = expressionAt(instance.config?.expressions, written);
    if (isLate(instance) && expression === undefined) {
      into.reasons.add(`${instance.address} is read during the apply`);
      return;
    }

    const scope = scopeOf(instance, depth + 1);
    const text = `${instance.address}.${String(name)}`;
    if (expression !== undefined) this.expressions.follow(expression, scope, [], into);
    else if (typeof path[1] !== 'number') {
      if (!into.isBroad || couldHold(path, into.wanted)) into.reasons.add(`${text} is computed by the provider`);
    } else if (isMerged(instance, path, written))
      into.reasons.add(`${text} is a set, whose blocks a plan does not tell apart`);
    // A part of a list that the configuration does not have.
    else this.expressions.followAnything(`${text} is a dynamic block, which a plan does not describe`, scope, into);
  }

  /** An attribute of an instance that another one names. */
  value(instance: TerraformInstance, path: AttributePath, into: Followed, depth: number): void {
    const isOpen = isMarked(marksAt(instance.unknown, path));
    const known = valueAt(instance.after, path);
    if (!isOpen && known !== undefined) {
      into.add(known);
      return;
    }

    // What has neither is not in the plan.
    into.isOpen = true;
    if (into.wanted.types !== undefined && instance.mode !== 'data' && !into.wanted.types.test(instance.type)) return;

    const [attribute = ''] = path;
    const symbol = path.length === 1 ? this.symbolOf(instance, String(attribute)) : undefined;
    if (symbol !== undefined) into.values.add(symbol);
    else if (isOpen || isMarked(marksAt(instance.sensitive, path))) this.attribute(instance, path, into, depth);
  }

  /**
   * The path of an attribute behind a reference. `rest` has what follows it in the configuration: of a map that names the
   * reference under a key, the key comes first and does not belong to the attribute.
   */
  pathIn(instance: TerraformInstance, own: readonly Part[], rest: readonly Part[], into: Followed): AttributePath {
    for (const tail of tailsOf(rest)) {
      const path = pathOf([...own, ...tail]);
      if (path.length === 0) break;

      const first = String(path[0]);
      const isId = (instance.after?.[first] ?? undefined) === undefined && this.symbolOf(instance, first) !== undefined;
      const isThere = valueAt(instance.after, path) !== undefined || isMarked(marksAt(instance.unknown, path));
      // An ID has no parts.
      if (isId ? path.length > 1 : !isThere) continue;

      if (tail.length < rest.length) into.isMap = true;
      return path;
    }
    if (own.length > 0) return pathOf(own);

    // A whole resource under keys of a map or an object: what is wanted of it.
    if (rest.length > 0) into.isMap = true;
    return [into.wanted.attribute];
  }

  /**
   * What an instance has of a form: its own IDs, and what its provider found. What its configuration names is followed where it
   * comes from: it is in the module, too.
   */
  anyOf(instance: TerraformInstance, into: Followed): void {
    const { address, type, mode, after = {}, unknown, config } = instance;
    if (isLate(instance)) {
      if (couldHold([type], into.wanted)) into.reasons.add(`${address} is read during the apply`);
      return;
    }
    if (mode !== 'data' && into.wanted.types?.test(type) === false) return;

    const marked = typeof unknown === 'object' && unknown !== null && !Array.isArray(unknown) ? unknown : {};
    const hasRow = OWN_IDS.some((name) => this.symbolOf(instance, name) !== undefined);
    for (const name of new Set([...Object.keys(after), ...Object.keys(marked), into.wanted.attribute])) {
      const symbol = this.symbolOf(instance, name);
      const isOwn = OWN_IDS.includes(name);
      if (isMarked(marksAt(unknown, [name]))) {
        if (symbol !== undefined) into.values.add(symbol);
        else if (!hasRow && !isOwn && config?.expressions?.[name] === undefined && couldHold([name], into.wanted))
          into.reasons.add(`${address}.${name} is computed by the provider`);
      } else if (isOwn || name === into.wanted.attribute || couldHold([name], into.wanted))
        into.add(after[name] ?? null);
    }
  }
}

/** Where the expressions of an instance stand. */
export function scopeOf({ module, key, config }: TerraformInstance, depth = 1): Scope {
  return { module, key, forEach: config?.for_each_expression, depth };
}

/** Whether an attribute of any type can have such a value, by its name: its own ID only a type that has rows has. */
function couldHold(path: AttributePath, { holders }: AttributeUse): boolean {
  return (
    holders === undefined ||
    path.some((part) => holders.test(String(part)) || /^(?:outputs?|results?)$/.test(String(part)))
  );
}

/** Whether a data source is read during the apply: what it finds is not in the plan. */
function isLate({ mode, after, actions }: TerraformInstance): boolean {
  return mode === 'data' && after !== undefined && actions.includes('read');
}
