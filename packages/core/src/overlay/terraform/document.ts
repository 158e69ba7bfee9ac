import type { ToolAction } from '../declared/tool-plan.js';
import type { Attributes, Marks, Value } from '../declared/values.js';
import type { Sources } from './sources/syntax.js';

/** What a plan does with one instance of a resource. */
export interface ResourceChange {
  /** `module.shop["a.b"].aws_lb.orders[0]`. */
  readonly address: string;
  readonly module_address?: string | undefined;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index?: string | number | undefined;
  readonly provider_name?: string | undefined;
  /** An object that was replaced, and not deleted yet. */
  readonly deposed?: string | undefined;
  readonly action_reason?: string | undefined;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: Attributes | null | undefined;
    readonly after?: Attributes | null | undefined;
    readonly after_unknown?: Marks | undefined;
    readonly before_sensitive?: Marks | undefined;
    readonly after_sensitive?: Marks | undefined;
  };
}

/** `{ constant_value }` or `{ references }`; a nested block is an object, or a list of objects, of expressions. */
export interface Expression {
  readonly constant_value?: Value | undefined;
  readonly references?: readonly string[] | undefined;
}

export function isExpression(value: unknown): value is Expression {
  return typeof value === 'object' && value !== null && ('references' in value || 'constant_value' in value);
}

/** The expressions of a block by attribute. */
export type Expressions = Readonly<Record<string, unknown>>;

/** A resource as the configuration declares it. */
export interface ConfigResource {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly provider_config_key?: string | undefined;
  readonly expressions?: Expressions | undefined;
  readonly for_each_expression?: Expression | undefined;
  readonly count_expression?: Expression | undefined;
  readonly depends_on?: readonly string[] | undefined;
}

/** A call of a module. */
export interface ConfigCall {
  readonly expressions?: Expressions | undefined;
  readonly for_each_expression?: Expression | undefined;
  readonly count_expression?: Expression | undefined;
  readonly depends_on?: readonly string[] | undefined;
  readonly module?: ConfigModule | undefined;
}

export interface ConfigModule {
  readonly resources?: readonly ConfigResource[] | undefined;
  readonly module_calls?: Readonly<Record<string, ConfigCall>> | undefined;
  readonly outputs?: Readonly<Record<string, { readonly expression?: Expression | undefined }>> | undefined;
  readonly variables?: Readonly<Record<string, { readonly default?: Value | undefined }>> | undefined;
}

export interface StateResource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index?: string | number | undefined;
  readonly provider_name?: string | undefined;
  readonly values?: Attributes | undefined;
  readonly sensitive_values?: Marks | undefined;
  /** The addresses of resources that it was created after. */
  readonly depends_on?: readonly string[] | undefined;
}

export interface StateModule {
  readonly address?: string | undefined;
  readonly resources?: readonly StateResource[] | undefined;
  readonly child_modules?: readonly StateModule[] | undefined;
}

export interface ProviderConfig {
  readonly name?: string | undefined;
  readonly full_name?: string | undefined;
  readonly module_address?: string | undefined;
  readonly expressions?: Expressions | undefined;
}

/**
 * What is used of `terraform show -json`, of a plan or of a state, from Terraform and from OpenTofu.
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export interface TerraformDocument {
  readonly kind: 'plan' | 'state';
  /** When the plan was made, in ISO 8601. Undefined: the file does not say. */
  readonly timestamp?: string | undefined;
  /** The plan is not of everything: an error, `-target`, or deferred changes. A sentence each. */
  readonly partial: readonly string[];
  /** What a reader must know, a sentence each. */
  readonly notes: readonly string[];
  /** Actions of providers that the apply runs, by triggers of resources. */
  readonly actions: readonly ToolAction[];
  /** Values of the root. It lacks those that a plan does not have: ephemeral ones, and what was removed from it. */
  readonly variables: Readonly<Record<string, Value>>;
  readonly changes: readonly ResourceChange[];
  /** Data sources that were read, and what a state manages. */
  readonly state: readonly StateResource[];
  readonly configuration: ConfigModule;
  readonly providers: Readonly<Record<string, ProviderConfig>>;
  /** The sources of the configuration, where they were read: they have what the plan does not describe. */
  readonly sources?: Sources | undefined;
}
