import type { Wanted } from './open.js';

/**
 * A type of data source whose result follows from a plan: which resources it finds, and by what. Where it is read during the
 * apply, it can find what the plan creates.
 */
export interface DataSource {
  /** The types of the resources that it finds. */
  readonly finds: readonly string[];
  /** Its arguments, each with the attribute of the resources that has the same value. Others are not understood. */
  readonly arguments: Readonly<Record<string, string>>;
  /** The names of its `filter` blocks, each with the attribute of the resources. */
  readonly filters?: Readonly<Record<string, string>> | undefined;
  /**
   * Of one that finds any number: its lists, each with the attribute of the resources. Undefined: it finds exactly one, and the
   * apply fails where there are none or several.
   */
  readonly lists?: Readonly<Record<string, string>> | undefined;
  /** Attributes that IDs or ARNs are in, with their forms: two of them are compared where they are not known yet, too. */
  readonly ids: Readonly<Record<string, Wanted>>;
  /** In a new one of these, there is nothing but what a plan creates. */
  readonly scope?: DataScope | undefined;
}

/** What resources are inside of: a network. */
export interface DataScope {
  /** The attribute of the resources that names it. */
  readonly attribute: string;
  /** Its type. */
  readonly type: string;
  /** What the cloud creates with each new one: the attribute that has its ID, and its own attributes. */
  readonly first?: { readonly attribute: string; readonly values: Readonly<Record<string, string>> } | undefined;
  /** The beginnings of types that may create others in it, which no plan shows. */
  readonly makers: readonly string[];
}

/** The data sources of a type of Terraform. */
export type DataSourceOf = (type: string) => DataSource | undefined;
