import type { GatewaySpec } from '../../model/gateway.js';
import type { LookUp } from '../../model/reference.js';
import type { TargetRef } from '../../model/target.js';
import type { KeyForm } from './spec-keys.js';

/**
 * What the compiler knows of specs and requests on a cloud. No value has it: {@link TypesOf} infers it from the value of the cloud.
 * This type itself is that of a cloud that the compiler does not know: any key may name a target or a gateway.
 */
export interface CloudTypes {
  /** `provider` of its links. */
  readonly name: string;
  /** The kinds of link that a spec can name. */
  readonly linkKind: string;
  /** The keys of its links besides those that all clouds have. */
  readonly link: object;
  /** Its references to targets: `{ address: string; port: number }`. */
  readonly target: TargetRef;
  /** Its references to gateways: `{ httpApi: string }`. */
  readonly gateway: GatewaySpec;
  /** How a request names a target: as a spec does, by another key of its kind (`{ listenerArn: string }`), or by `ref`. */
  readonly targetRequest: TargetRef;
  /** `native` of a request for a link. */
  readonly native: Readonly<Record<string, unknown>>;
  /** What a request for a link names in place of subnets. */
  readonly balancer: NamedBalancer;
}

/** A load balancer that a link is created from. */
export interface NamedBalancer {
  readonly loadBalancer: string;
}

/** The types of a cloud, inferred from its value. A form without a literal type (`as const`) takes any value. */
export interface TypesOf<C extends DeclaredTypes> {
  readonly name: C['name'];
  readonly linkKind: CreatedIn<C['links']>;
  readonly link: Fields<LinkKeysOf<C>> & BalancerOf<C>;
  readonly target: { [K in keyof C['targets'] & string]: ReferenceOf<K, C['targets'][K]> }[keyof C['targets'] & string];
  readonly gateway: { [K in keyof C['gateways']]: GatewayOf<C['gateways'][K]> }[keyof C['gateways']];
  readonly targetRequest: Exclusive<
    TypesOf<C>['target'] | RequestsOf<C['targets'][keyof C['targets']]> | { readonly ref: TypesOf<C>['target'] }
  >;
  readonly native: NativeOf<Omit<TypesOf<C>['link'], 'loadBalancer'>>;
  readonly balancer: 'loadBalancer' extends keyof TypesOf<C>['link'] ? NamedBalancer : never;
}

/** The members of a cloud from which its types are inferred. */
export interface DeclaredTypes {
  readonly name: string;
  readonly links: object;
  readonly gateways: object;
  readonly targets: object;
  readonly keys?: { readonly link?: object | undefined } | undefined;
}

/** A value as a spec writes it: a number may be a text with a variable, `${env:PORT}` (a schema says so itself), and no list is written to. */
export type Written<V, Variable = string> = V extends number
  ? V | Variable
  : V extends readonly (infer Each)[]
    ? readonly Written<Each, Variable>[]
    : V extends object
      ? { [K in keyof V]: Written<V[K], Variable> }
      : V;

/** The keys of all members of a union, each optional: an error names the key that none of them has. */
export type AnyOf<U> = { [K in KeysOf<U>]?: (U extends { readonly [N in K]?: infer V } ? V : never) | undefined };
/** The settings of links; none where a cloud has none. */
type NativeOf<Keys> = [keyof Keys] extends [never] ? never : AnyOf<Keys>;

/** Each member of a union without the keys of the others. */
type Exclusive<U> = ExclusiveOf<U, KeysOf<U>>;
type ExclusiveOf<U, Keys extends PropertyKey> = U extends unknown
  ? U & { readonly [K in Exclude<Keys, keyof U>]?: undefined }
  : never;
type KeysOf<U> = U extends unknown ? keyof U : never;

/** What a key of a spec takes, by its form. */
type ValueOf<F> = KeyForm extends F
  ? unknown
  : F extends 'port'
    ? number
    : F extends 'true or false'
      ? boolean
      : F extends 'look-up'
        ? LookUp
        : F extends string
          ? string
          : F extends { readonly oneOf: readonly (infer Word)[] }
            ? Word
            : F extends { readonly listOf: infer Each }
              ? readonly ValueOf<Each>[]
              : F extends { readonly keys: infer Keys }
                ? Fields<Keys>
                : F extends { readonly eitherOf: readonly (infer Each)[] }
                  ? Each extends unknown
                    ? ValueOf<Each>
                    : never
                  : unknown;

/** Keys with their forms: those that say what holds without them may be left out. */
type Fields<Keys> = {
  readonly [K in keyof Keys as Keys[K] extends { readonly absent: string } ? never : K]: FormIn<Keys[K]>;
} & {
  readonly [K in keyof Keys as Keys[K] extends { readonly absent: string } ? K : never]?: FormIn<Keys[K]> | undefined;
};
type FormIn<Key> = Key extends { readonly form: infer F } ? ValueOf<F> : unknown;
type LinkKeysOf<C extends DeclaredTypes> = C['keys'] extends { readonly link: infer Keys extends object }
  ? Keys
  : unknown;

/** Core adds the key for a kind of link that is created from a load balancer. */
type BalancerOf<C extends DeclaredTypes> = C['links'][keyof C['links']] extends infer Kind
  ? Extract<Kind, { readonly createdFrom: 'loadBalancer' }> extends never
    ? unknown
    : { readonly loadBalancer?: string | undefined }
  : unknown;

type CreatedIn<Links> = {
  [K in keyof Links]: Links[K] extends { readonly createdOn: string } ? K : never;
}[keyof Links] &
  string;

type WithPort<Kind> = Kind extends { readonly hasPort: true } ? { readonly port: number } : unknown;
type ReferenceOf<K extends string, Kind> = { readonly [N in K]: FormIn<Kind> } & WithPort<Kind>;

/** The ways of a kind of target, `TargetKind.requests`. */
type RequestsOf<Kind> = Kind extends { readonly requests: infer Ways }
  ? { [W in keyof Ways & string]: { readonly [N in W]: string } & WithPort<Ways[W]> }[keyof Ways & string]
  : never;

type GatewayOf<Kind> = Kind extends { readonly ref: infer Ref extends string }
  ? { readonly [N in Ref]: string } & (Kind extends { readonly stageIsNamed: true }
      ? { readonly stage?: string | undefined }
      : unknown) &
      (Kind extends { readonly stagesAreFixed: true }
        ? unknown
        : Kind extends { readonly publishedTo: readonly string[] }
          ? { readonly stages?: readonly string[] | undefined }
          : unknown)
  : never;
