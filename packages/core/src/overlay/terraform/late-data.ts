import type { DataSource, DataSourceOf } from '../declared/data-sources.js';
import type { Candidates, SymbolOf, Wanted } from '../declared/open.js';
import { isMarked, marksAt, valueAt, type AttributePath } from '../declared/values.js';
import { Dependencies } from './dependencies.js';
import type { Instances, TerraformInstance } from './instances.js';
import { compare, restrictionsOf, worst, type Fit, type Restriction, type Values } from './restrictions.js';

/** What a data source that is read during the apply finds, or may find. */
export interface LateFound {
  /** Of an attribute: those of resources that have the same value. Undefined: it is not of resources. */
  readonly named: (path: AttributePath) => readonly FoundAttribute[] | undefined;
  /** It finds any number of them. */
  readonly isList: boolean;
  /** It finds all of them. */
  readonly isAll: boolean;
  /** Why it may find fewer. */
  readonly early: readonly string[];
  /** Why it may find another one. */
  readonly reasons: readonly string[];
}

export interface FoundAttribute {
  readonly instance: TerraformInstance;
  readonly path: AttributePath;
}

/** What an attribute that is not known may be. */
export type CandidatesOf = (
  instance: TerraformInstance,
  path: AttributePath,
  wanted: Wanted,
  written?: AttributePath,
) => Candidates;

interface Item {
  readonly instance: TerraformInstance;
  readonly fit: Fit;
  /** It exists when the data source is read. */
  readonly isThere: boolean;
  /** Of what the cloud creates with another resource: the attribute that has its ID. */
  readonly firstId?: string | undefined;
}

/** Whether a data source is read during the apply: what it finds is not in the plan. */
export function isLate({ mode, after, actions }: TerraformInstance): boolean {
  return mode === 'data' && after !== undefined && actions.includes('read');
}

/**
 * Data sources that are read during the apply. In a network that the plan creates they can find what the plan creates there, and
 * one that is found by what the plan gives it is this one: the apply fails where there are several.
 */
export class LateData {
  readonly #found = new Map<TerraformInstance, LateFound>();
  readonly #dependencies: Dependencies;

  constructor(
    readonly instances: Instances,
    readonly symbolOf: SymbolOf,
    readonly sourceOf: DataSourceOf,
    readonly candidatesOf: CandidatesOf,
  ) {
    this.#dependencies = new Dependencies(instances);
  }

  /** Undefined: it is of a type that is not known. */
  find(data: TerraformInstance): LateFound | undefined {
    const source = this.sourceOf(data.type);
    if (source === undefined) return undefined;

    let found = this.#found.get(data);
    if (found === undefined) {
      // What is asked for while it is looked for depends on it, and is not found by it.
      this.#found.set(data, {
        named: () => [],
        isList: false,
        isAll: false,
        early: [],
        reasons: [`${data.address} is read during the apply`],
      });
      found = this.#search(data, source);
      this.#found.set(data, found);
    }
    return found;
  }

  #search(data: TerraformInstance, source: DataSource): LateFound {
    const { restrictions, hasOthers } = restrictionsOf(data, source, (path, wanted, written) =>
      this.#values(data, path, wanted, written),
    );
    const items = this.#items(data, source, restrictions, hasOthers);
    const late = `${data.address} is read during the apply`;
    const isClosed = this.#isInNew(source, restrictions) || this.#areNamed(items, restrictions);
    const nothing = items.length === 0 ? [`${late}, and nothing that the plan creates is found by it`] : [];
    const early = items.flatMap(({ isThere, instance }) =>
      isThere ? [] : [`${late}, which may be before ${instance.address} exists: write depends_on`],
    );
    const { lists } = source;
    if (lists !== undefined) {
      const isAll = items.every(({ fit, isThere }) => fit === 'yes' && isThere);
      const named = ([name = '', at, ...rest]: AttributePath): readonly FoundAttribute[] | undefined =>
        lists[name] === undefined
          ? undefined
          : items.flatMap((one) => attributeOf(one, [lists[name] ?? '', ...(at === undefined ? [] : rest)]) ?? []);
      return { named, isList: true, isAll: isAll && isClosed, early, reasons: isClosed ? nothing : [late] };
    }

    const sure = items.filter(({ fit, isThere }) => fit === 'yes' && isThere);
    const found = sure.length > 0 ? sure : items;
    const reasons = sure.length > 0 ? [] : !isClosed ? [late] : nothing.length > 0 ? nothing : early;
    return {
      named: (path) => found.flatMap((one) => attributeOf(one, path) ?? []),
      isList: false,
      isAll: false,
      early: [],
      reasons,
    };
  }

  /** What it may find of the plan, and of what the cloud creates with a resource of the plan. */
  #items(
    data: TerraformInstance,
    { finds, scope }: DataSource,
    restrictions: readonly Restriction[],
    hasOthers: boolean,
  ): readonly Item[] {
    const items: Item[] = [];
    for (const instance of this.instances.all) {
      if (instance.mode === 'data' || instance.deposed || instance.after === undefined) continue;
      if (!finds.includes(instance.type) || this.#dependencies.waitsFor(instance, data)) continue;

      const fits = restrictions.map((one) => [one, this.#fit(one, instance)] as const);
      const byId = fits.some(([{ wanted }, fit]) => wanted !== undefined && fit === 'yes');
      const isCertain = !hasOthers && (byId || this.#isBeside(data, instance));
      const fit = worst([isCertain ? 'yes' : 'maybe', ...fits.map(([, one]) => one)]);
      // What it names by an ID, it waits for.
      const isNamed = fits.some(([one, of]) => isById(one) && of !== 'no');
      // One that is changed may be read as it was.
      const isStill = instance.actions.every((one) => one === 'no-op');
      const isThere = isNamed || isStill || this.#dependencies.waitsFor(data, instance);
      if (fit !== 'no') items.push({ instance, fit, isThere });
    }
    const first = scope?.first;
    if (first === undefined) return items;

    for (const instance of this.instances.all) {
      if (instance.mode === 'data' || instance.type !== scope?.type) continue;

      const id = this.symbolOf(instance, 'id');
      const inside = restrictions.filter(({ attribute }) => attribute === scope.attribute);
      if (id === undefined || !inside.some(({ values }) => values.texts.includes(id))) continue;

      const fit = worst([
        hasOthers ? 'maybe' : 'yes',
        ...restrictions.map(({ attribute, values, isPattern }) => {
          if (attribute === scope.attribute) return compare(values, { texts: [id], isWhole: true }, isPattern);

          const own = first.values[attribute];
          return own === undefined ? 'maybe' : compare(values, { texts: [own], isWhole: true }, isPattern);
        }),
      ]);
      if (fit !== 'no') items.push({ instance, fit, isThere: true, firstId: first.attribute });
    }
    return items;
  }

  /** Whether all that is found is in something that the plan creates, in which there is nothing else. */
  #isInNew({ scope }: DataSource, restrictions: readonly Restriction[]): boolean {
    if (scope === undefined) return false;

    const created = this.instances.all.filter(({ type, mode }) => type === scope.type && mode !== 'data');
    const symbols = new Set(created.map((one) => this.symbolOf(one, 'id')));
    const isInNew = restrictions.some(
      ({ attribute, values: { texts, isWhole } }) =>
        attribute === scope.attribute && isWhole && texts.length > 0 && texts.every((one) => symbols.has(one)),
    );
    return isInNew && !this.#hasMaker(scope.makers);
  }

  /** Whether all that is found is named by IDs, each of which is in the plan. */
  #areNamed(items: readonly Item[], restrictions: readonly Restriction[]): boolean {
    return restrictions.some((one) => {
      const own = items.flatMap(({ instance }) => this.#values(instance, [one.attribute], one.wanted).texts);
      return isById(one) && one.values.texts.every((text) => own.includes(text));
    });
  }

  /**
   * Both are of one provider: in one region of one account. Since version 6 of the AWS provider everything has a region of its own, by
   * default that of the provider. A resource has it in the plan, a data source when it is read.
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
   */
  #isBeside(one: TerraformInstance, other: TerraformInstance): boolean {
    if (one.config?.provider_config_key !== other.config?.provider_config_key) return false;

    const [own, others] = [one.after?.['region'] ?? undefined, other.after?.['region'] ?? undefined];
    if (own === others && own !== undefined) return true;

    return this.#isInRegionOfProvider(one) && this.#isInRegionOfProvider(other);
  }

  /** Whether the configuration gives it no region, or null. */
  #isInRegionOfProvider(instance: TerraformInstance): boolean {
    if (instance.config?.expressions?.['region'] === undefined) return true;

    const { values, reasons } = this.candidatesOf(instance, ['region'], REGION);
    return values.length === 0 && reasons.length === 0;
  }

  #hasMaker(makers: readonly string[]): boolean {
    return this.instances.all.some(
      ({ type, mode, after, deposed }) =>
        mode !== 'data' && !deposed && after !== undefined && makers.some((one) => type.startsWith(one)),
    );
  }

  #fit({ attribute, values, wanted, isPattern }: Restriction, instance: TerraformInstance): Fit {
    return compare(values, this.#values(instance, [attribute], wanted), isPattern);
  }

  /** The values of an attribute, as far as they are known. Of what is open only IDs are whole. */
  #values(
    instance: TerraformInstance,
    path: AttributePath,
    wanted: Wanted | undefined,
    written?: AttributePath,
  ): Values {
    const tag = /^tag:(.+)$/.exec(String(path[0]))?.[1];
    if (tag !== undefined) return tagOf(instance, tag);

    const known = valueAt(instance.after, path) ?? undefined;
    if (!isMarked(marksAt(instance.unknown, path)) && !isMarked(marksAt(instance.sensitive, path))) {
      const list = Array.isArray(known) ? known : known === undefined ? [] : [known];
      const symbol = known === undefined && path.length === 1 ? this.symbolOf(instance, String(path[0])) : undefined;
      return { texts: symbol === undefined ? list.map(String) : [symbol], isWhole: true };
    }

    const symbol = path.length === 1 ? this.symbolOf(instance, String(path[0])) : undefined;
    if (symbol !== undefined) return { texts: [symbol], isWhole: true };
    if (wanted === undefined) return { texts: [], isWhole: false };

    const { values, reasons, hasFlag } = this.candidatesOf(instance, path, wanted, written);
    return { texts: values, isWhole: values.length > 0 && reasons.length === 0 && hasFlag !== true };
  }
}

function isById({ attribute, values: { texts, isWhole } }: Restriction): boolean {
  return OWN_IDS.includes(attribute) && isWhole && texts.length > 0;
}

const OWN_IDS = ['id', 'arn'];

const REGION: Wanted = { attribute: 'region', form: /^[a-z]{2,}-/ };

/** A tag, with those of the configuration of the provider. */
function tagOf({ after, unknown }: TerraformInstance, name: string): Values {
  const own = [valueAt(after, ['tags_all', name]), valueAt(after, ['tags', name])].find(
    (one) => typeof one === 'string',
  );
  const isOpen = isMarked(marksAt(unknown, ['tags_all'])) || isMarked(marksAt(unknown, ['tags']));
  return own === undefined ? { texts: [], isWhole: !isOpen } : { texts: [String(own)], isWhole: true };
}

function attributeOf({ instance, firstId }: Item, path: AttributePath): FoundAttribute | undefined {
  if (firstId === undefined) return { instance, path };

  return path[0] === 'id' ? { instance, path: [firstId, ...path.slice(1)] } : undefined;
}
