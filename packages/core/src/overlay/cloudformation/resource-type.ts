import type { OpenMembers, OpenValue } from '../declared/open.js';
import type { Rules } from './convert.js';
import type { KnownPlace } from './identity.js';

/** A part of a resource that is a resource of its own for Terraform. */
export interface PartType {
  readonly type: string;
  /** The attributes of each part; `self` is the ID of the resource. */
  readonly of: (properties: OpenMembers, self: OpenValue) => readonly OpenMembers[];
}

/** A type of resource of CloudFormation, as a type of the Terraform provider, for whose attributes there are rows. */
export interface ResourceType {
  readonly type: string;
  readonly rules?: Rules | undefined;
  /** Attributes that have the ID which `Ref` returns; by default `id`. The first one is what `Ref` is. */
  readonly ids?: readonly string[] | undefined;
  /** What `Fn::GetAtt` returns, by its attribute. A property of the resource needs no line here. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  readonly parts?: readonly PartType[] | undefined;
  /** Attributes that several properties make. */
  readonly shape?: ((properties: OpenMembers) => OpenMembers) | undefined;
  /** Only resources with this property decide about paths. */
  readonly only?: string | undefined;
  /** What CloudFormation does where a property is not set. */
  readonly defaults?: OpenMembers | undefined;
  /** Set where a resource takes the defaults away from the security group that a property of it names; `of` is the type of that group. */
  readonly dropsDefaults?: { readonly property: string; readonly of: string } | undefined;
  /** Attributes that follow from the ID of a resource which exists, and from what is known of its place. */
  readonly byId?: ((id: string, known: KnownPlace) => Readonly<Record<string, string>>) | undefined;
}

/** The types of resources of CloudFormation that are of one cloud. */
export interface ResourceTypes {
  /** By their names: `AWS::EC2::Subnet`. Their attributes are known. */
  readonly types: Readonly<Record<string, ResourceType>>;
  /**
   * Types that decide about paths, or may register targets, and that are not laid: by the beginning of their names, as those of
   * Terraform.
   */
  readonly others: readonly (readonly [beginning: string, type: string])[];
}

/** The types of several clouds. */
export class ResourceTypeSet {
  readonly #types: ReadonlyMap<string, ResourceType>;
  readonly #others: ResourceTypes['others'];

  constructor(all: readonly ResourceTypes[]) {
    this.#types = new Map(all.flatMap(({ types }) => Object.entries(types)));
    this.#others = all.flatMap(({ others }) => others);
  }

  /** A type whose attributes are known. */
  known(name: string): ResourceType | undefined {
    return this.#types.get(name);
  }

  /** The same, and one of which only the type counts. Undefined: it does not decide about paths. */
  of(name: string): ResourceType | undefined {
    const known = this.known(name);
    if (known !== undefined) return known;
    const other = this.#others.find(([beginning]) => name.startsWith(beginning));
    return other === undefined ? undefined : { type: other[1] };
  }
}
