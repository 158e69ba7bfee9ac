import { valueAt, type Instance, type AttributePath, type Attributes } from './values.js';
import {
  closed,
  pathText,
  type Open,
  type OpenMembers,
  type OpenText,
  type Candidates,
  type References,
  type SymbolOf,
  type AttributeUse,
} from './open.js';

/** A resource as a reader gives it: in the types and attributes of the Terraform providers. */
export interface OpenResource extends Pick<Instance, 'address' | 'type' | 'actions' | 'lost' | 'undecided'> {
  readonly region?: string | undefined;
  readonly before: OpenMembers | undefined;
  readonly after: OpenMembers | undefined;
  /** Attributes as the tool's users write them. */
  readonly nameOf: (path: AttributePath) => string;
  /** The addresses of all that its values name, whatever those are. */
  readonly names?: ReadonlySet<string> | undefined;
}

/** An instance whose unknown values are known to name others. */
export interface OpenInstance extends Instance {
  readonly region: string | undefined;
  readonly opens: ReadonlyMap<string, Open>;
  readonly nameOf: OpenResource['nameOf'];
  readonly names?: OpenResource['names'];
}

export function instanceOf(one: OpenResource): OpenInstance {
  const opens = new Map<string, Open>();
  const before = one.before === undefined ? undefined : closed(one.before, [], new Map());
  const after = one.after === undefined ? undefined : closed(one.after, [], opens);
  return {
    ...one,
    mode: 'managed',
    deposed: false,
    region: one.region,
    before: before?.value as Attributes | undefined,
    after: after?.value as Attributes | undefined,
    unknown: after?.unknown ?? false,
    sensitive: after?.sensitive ?? false,
    opens,
  };
}

/** References that end sooner than this are no circle. */
const MOST_STEPS = 20;

/** What unknown values may be, where each one says which resources it names. */
export class OpenReferences implements References {
  readonly omitsUnset = true;
  readonly #byAddress: ReadonlyMap<string, OpenInstance>;

  constructor(
    instances: readonly OpenInstance[],
    readonly later: string,
    readonly given: SymbolOf,
    /** IDs are made up for what exists as well, where they are not known. */
    readonly makesAll = false,
  ) {
    const existing = instances.filter((one) => one.after !== undefined);
    // What a resource is made of has its address as well, behind it.
    this.#byAddress = new Map(existing.toReversed().map((one) => [one.address, one] as const));
  }

  candidates(instance: OpenInstance, path: AttributePath, wanted: AttributeUse): Candidates {
    const values = new Set<string>();
    const reasons = new Set<string>();
    const [name = ''] = path;
    const meant = { ...wanted, first: ROOTED.has(String(name)) ? ROOT : undefined };
    for (const open of opensAt(instance, path)) this.#texts(open, meant, values, reasons, 0);
    return { values: [...values].filter((one) => wanted.form.test(one)), reasons: [...reasons] };
  }

  exact(instance: OpenInstance, path: AttributePath): { readonly value: string } | undefined {
    const [only, ...others] = instance.opens.get(pathText(path))?.texts ?? [];
    const isWhole = only?.every((part) => typeof part === 'string' || part.attribute !== undefined) === true;
    if (only === undefined || others.length > 0 || !isWhole) return undefined;

    const { values, reasons } = this.candidates(instance, path, { attribute: 'id', form: /^/ });
    const [value] = values;
    return reasons.length === 0 && value !== undefined ? { value } : undefined;
  }

  isSet(instance: OpenInstance, attribute: string): boolean {
    const value = (instance.after ?? instance.before)?.[attribute] ?? undefined;
    return value !== undefined || opensAt(instance, [attribute]).length > 0;
  }

  isWritten(instance: OpenInstance, path: AttributePath): boolean {
    return (valueAt(instance.after, path) ?? null) !== null || opensAt(instance, path).length > 0;
  }

  isComputed(instance: OpenInstance, attribute: string): boolean {
    return !this.isSet(instance, attribute);
  }

  /** Only what is created gets an ID that is made up, and the root of an API, which nothing else names. */
  symbolOf(instance: OpenInstance, attribute: string): string | undefined {
    return this.makesAll || instance.actions.includes('create') || attribute === ROOT
      ? this.given(instance, attribute)
      : undefined;
  }

  nameOf({ nameOf }: OpenInstance, path: AttributePath): string {
    return nameOf(path);
  }

  #texts(open: Open, wanted: Meant, values: Set<string>, reasons: Set<string>, depth: number): void {
    for (const one of open.reasons) reasons.add(one);
    for (const text of open.texts) {
      const [first] = text;
      if (text.length === 1 && typeof first === 'object' && first.attribute === undefined) {
        for (const one of this.#ofAny(first.of, wanted)) values.add(one);
        continue;
      }

      const value = this.#text(text, wanted, reasons, depth);
      if (value !== undefined) values.add(value);
    }
  }

  /** The attributes of a resource that have the wanted form, where a reference does not name one. */
  #ofAny(address: string, { attribute, form, first }: Meant): readonly string[] {
    const target = this.#byAddress.get(address);
    if (target === undefined) return [];

    const fitting = (names: readonly string[]): readonly string[] =>
      names.flatMap((name) => {
        const value = target.after?.[name] ?? this.symbolOf(target, name);
        return typeof value === 'string' && form.test(value) ? value : [];
      });
    const root = first === undefined ? [] : fitting([first]);
    if (root.length > 0) return root;

    const own = fitting([attribute, ...ALIKE]);
    return own.length > 0 ? own : fitting(OTHERS);
  }

  #text(text: OpenText, wanted: Meant, reasons: Set<string>, depth: number): string | undefined {
    const parts: string[] = [];
    for (const part of text) {
      if (typeof part === 'string') {
        parts.push(part);
        continue;
      }

      const { of, attribute = wanted.attribute } = part;
      const target = this.#byAddress.get(of);
      const known = target?.after?.[attribute];
      const open = target?.opens.get(attribute);
      const symbol = target === undefined ? undefined : this.symbolOf(target, attribute);
      if (typeof known === 'string' || typeof known === 'number') parts.push(String(known));
      else if (symbol !== undefined) parts.push(symbol);
      else if (open !== undefined && depth < MOST_STEPS) {
        const inner = new Set<string>();
        this.#texts(open, wanted, inner, reasons, depth + 1);
        const [only, ...others] = inner;
        if (only === undefined || others.length > 0) return undefined;

        parts.push(only);
      } else {
        reasons.add(`${of}.${target?.nameOf([attribute]) ?? attribute} is known ${this.later}`);
        return undefined;
      }
    }
    return parts.join('');
  }
}

/** What is wanted, and the attribute that counts where a resource has it. */
interface Meant extends AttributeUse {
  readonly first?: string | undefined;
}

/** The attribute of a REST API that names its root. */
export const ROOT = 'root_resource_id';
/** Attributes that name a resource of a REST API: of the API itself they mean its root. */
const ROOTED: ReadonlySet<string> = new Set(['parent_id', 'resource_id']);

/** Besides the wanted attribute: a target is registered by an ID or by an address, which both are of a form for it. */
const ALIKE: readonly string[] = ['private_ip'];
/** Attributes of something else that is created with a resource. */
const OTHERS: readonly string[] = [
  'id',
  'arn',
  'default_security_group_id',
  'default_network_acl_id',
  'default_route_table_id',
];

/** What is open at a path, in parts of it, or in what it is a part of. */
function opensAt({ opens }: OpenInstance, path: AttributePath): readonly Open[] {
  for (let length = path.length; length > 0; length -= 1) {
    const found = opens.get(pathText(path.slice(0, length)));
    if (found !== undefined) return [found];
  }
  const start = `${pathText(path)}/`;
  return [...opens].flatMap(([at, open]) => (at.startsWith(start) ? open : []));
}
