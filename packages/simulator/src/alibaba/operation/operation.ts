import type { SimulatedOperation, OperationCall, TimerHandlers } from '../../simulation/dispatch/operation.js';
import type { AlibabaState, AlibabaRegionState } from '../state/alibaba-state.js';

/**
 * The wire form of one parameter, and its limits with their source. Wire names only: `InstanceId`.
 * - `string`, `integer`, `boolean`: one value (`true`/`false` as text);
 * - `json`: a JSON text in one value, decoded (models that shrink a structure into a string);
 * - `list`: `Name.1`, `Name.2`, …, or one JSON array; `items` describes each item;
 * - `structure`: `Name.Member`, flattened; `members` describes the members.
 */
export interface Parameter {
  readonly type: 'string' | 'integer' | 'boolean' | 'json' | 'list' | 'structure';
  readonly required?: true;
  readonly items?: Parameter;
  readonly members?: Readonly<Record<string, Parameter>>;
  readonly values?: readonly string[];
  readonly pattern?: RegExp;
  readonly length?: readonly [min: number, max: number];
  readonly range?: readonly [min: number, max: number];
}

/**
 * One action of one product. From decoded parameters it makes the answer's body, with its wrappers (`{ ApiGroups: {
 * ApiGroupAttribute: […] } }`) and without `RequestId`. It does not depend on HTTP or signatures, and throws {@link
 * AlibabaError} in the service's own words. `P` and `B` are made from the official models with `Wire`.
 */
export interface AlibabaOperation<P = never, B = unknown> extends SimulatedOperation<AlibabaCall, P, B> {
  readonly product: ProductName;
  /** All other parameters are refused; common parameters (`RegionId`, `Format`, …) are always accepted. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Of an ROA product: `run` answers the whole body, and not its `data`. */
  readonly isBare?: boolean;
  /** The part of RAM's action after the colon; by default the name. */
  readonly ramAction?: string;
  /** Calls a second that one account may make; by default the product's. */
  readonly perSecond?: number;
}

export type AnyAlibabaOperation = AlibabaOperation<never, unknown>;

/** What an action is given beside its parameters. `id('sg-bp')` gives `sg-bp` and 17 characters of base 36. */
export interface AlibabaCall extends OperationCall<AlibabaRegionState> {
  /** All of the simulated Alibaba Cloud account: every region. */
  readonly alibaba: AlibabaState;
}

export type AlibabaTimerHandlers = TimerHandlers<AlibabaCall>;

/**
 * The wire form of an official model. The models' members are in camelCase (`instanceId`), and in PascalCase
 * on the wire (`InstanceId`). Their base class has an index signature, so plain use of them checks nothing.
 * `Wire` strips it.
 */
export type Wire<T> = T extends (infer Item)[]
  ? Wire<Item>[]
  : T extends object
    ? {
        [
          K in keyof T as K extends string
            ? string extends K
              ? never
              : T[K] extends (...args: never) => unknown
                ? never
                : Capitalize<K>
            : never
        ]: Wire<T[K]>;
      }
    : T;

/**
 * The members of a row that the cloud shows. Rows hold them in the cloud's names, which begin with a capital; members that are
 * not shown, or are shown in another form, begin with a small letter.
 */
export type Shown<R> = { readonly [M in keyof R as M extends Capitalize<M & string> ? M : never]: R[M] };

/** See {@link Shown}: what an answer has of a row. */
export function shown<R extends object>(row: R): Shown<R> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => /^[A-Z]/.test(name))) as Shown<R>;
}

/** An error as Alibaba Cloud's RPC services send it: HTTP status, `Code`, `Message`, and sometimes further members. */
export class AlibabaError extends Error {
  override readonly name = 'AlibabaError';
  /** Whether a value is not in a list: the service may have more values by now. */
  isOfList = false;
  constructor(
    readonly code: string,
    message: string,
    /** HTTP status; by default 400. */
    readonly status: number = 400,
    readonly fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

interface Product {
  /** The version that a request must name. No two products share one. */
  readonly version: string;
  /** How its endpoints begin: `apigateway.cn-hangzhou.aliyuncs.com`. The first is the one that answers name. */
  readonly endpoints: readonly [string, ...string[]];
  /** One endpoint serves all regions: `ram.aliyuncs.com`. */
  readonly isCentral?: true;
  /** Operations are methods and paths, and bodies JSON; by default the RPC style. */
  readonly isRoa?: true;
  /** The part of RAM's actions before the colon. */
  readonly ramPrefix: string;
}

/** The simulated products. */
export const PRODUCTS = {
  CloudAPI: { version: '2016-07-14', endpoints: ['apigateway', 'cloudapi'], ramPrefix: 'apigateway' },
  Ecs: { version: '2014-05-26', endpoints: ['ecs'], ramPrefix: 'ecs' },
  Vpc: { version: '2016-04-28', endpoints: ['vpc'], ramPrefix: 'vpc' },
  Slb: { version: '2014-05-15', endpoints: ['slb'], ramPrefix: 'slb' },
  Sts: { version: '2015-04-01', endpoints: ['sts'], ramPrefix: 'sts' },
  Ram: { version: '2015-05-01', endpoints: ['ram'], isCentral: true, ramPrefix: 'ram' },
  APIG: { version: '2024-03-27', endpoints: ['apig'], isRoa: true, ramPrefix: 'apig' },
  Alidns: { version: '2015-01-09', endpoints: ['alidns'], isCentral: true, ramPrefix: 'alidns' },
  Cms: { version: '2019-01-01', endpoints: ['metrics'], ramPrefix: 'cms' },
  VpcPeer: { version: '2022-01-01', endpoints: ['vpcpeer'], isCentral: true, ramPrefix: 'vpc' },
} as const satisfies Readonly<Record<string, Product>>;

export type ProductName = keyof typeof PRODUCTS;

export function productOf(version: string | undefined): ProductName | undefined {
  return (Object.keys(PRODUCTS) as ProductName[]).find((name) => PRODUCTS[name].version === version);
}

/** The endpoint of a product in a region. @see https://api.aliyun.com/product */
export function endpointOf(name: ProductName, region: string): string {
  const { endpoints, isCentral }: Product = PRODUCTS[name];
  return isCentral ? `${endpoints[0]}.aliyuncs.com` : `${endpoints[0]}.${region}.aliyuncs.com`;
}

/** How endpoints begin, as a part of a pattern: `apigateway|cloudapi|ecs`. */
export const ENDPOINTS = Object.values<Product>(PRODUCTS)
  .flatMap(({ endpoints }) => endpoints)
  .join('|');

/** Whether operations of a product are methods and paths. */
export function isRoa(name: ProductName | undefined): boolean {
  const product: Product | undefined = name && PRODUCTS[name];
  return product?.isRoa === true;
}
