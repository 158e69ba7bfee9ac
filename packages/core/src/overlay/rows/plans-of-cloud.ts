import type { Driver } from '../../do/driver.js';
import type { Cloud } from '../../do/kinds/cloud/cloud.js';
import type { GatewayKind } from '../../do/model/gateway-kind.js';
import type { LinkKind } from '../../do/model/link.js';
import type { Owner } from '../../do/model/owner.js';
import type { Route } from '../../do/model/route.js';
import type { Target } from '../../do/model/target.js';
import type { ResourceList } from '../../do/snapshot/resources/resources.js';
import type { ActsOfCloud } from '../acts/act.js';
import type { Held } from '../network/held.js';
import type { ResourceTypes } from '../cloudformation/identity.js';
import type { BlockSets } from '../declared/open.js';
import type { Attributes } from '../declared/values.js';
import type { DraftRegion } from '../draft/draft-region.js';
import type { PulumiTypes } from '../pulumi/types.js';
import type { ExportRow, OwnedGroup, OwnedLink, OwnedRoute, OwnedSetting, OwnedTarget } from './owned.js';
import type { View } from '../draft/view.js';
import type { SettingWords } from './setting-words.js';

/** What of a configuration is of the provider of one cloud. */
export interface TerraformTypes {
  /** The name of the provider, with which all of its types begin: `aws` of `aws_lb`. */
  readonly provider: string;
  /** On the registry: `hashicorp/aws`. */
  readonly source: string;
  /** The argument of the provider that lists the accounts in which it may do something. */
  readonly accounts?: string | undefined;
  /** Arguments of resources that only later versions of the provider have. */
  readonly argumentsSince?: readonly (readonly [argument: RegExp, version: string])[] | undefined;
  /** How resources are laid over a snapshot, by type, in the order in which they are laid. */
  readonly rows: Readonly<Record<string, Row>>;
  /**
   * Types that decide about paths and that are not laid, by the beginning of their names. With a kind: it is not known where routes of
   * its gateways lead.
   */
  readonly opaqueTypes: readonly (readonly [beginning: string, list: ResourceList, kind?: GatewayKind])[];
  /** Types that may register members of target groups in ways that no plan shows. `unless`: not beside a resource of this type. */
  readonly registeringTypes: readonly (readonly [beginning: string, unless?: string])[];
  /** The beginnings of types that change the desired count of registrars. */
  readonly scalingTypes?: readonly string[] | undefined;
}

/** What a resource says of a route besides where it leads. */
export type RouteFact = (route: Route, kind: GatewayKind) => Route;

/** Facts by what they are about: the ID of a link or group; the IDs of a gateway and of a route, or of its integration. */
export interface Facts {
  readonly links: Map<string, Owner | undefined>;
  readonly groups: Map<string, Owner | undefined>;
  readonly routes: Map<string, RouteFact[]>;
}

/** The attribute by which the parts of an API name it, and the API, of which more is not known. */
export interface ApiOfPart {
  readonly of: string;
  readonly type: string;
  readonly more: (part: Attributes) => Attributes;
}

/** What a spec is written from, and a verdict does not depend on. */
export interface ImportTypes {
  /** What the resources of each type say of owners and of settings. */
  readonly facts: Readonly<Record<string, (values: Attributes, facts: Facts) => void>>;
  /** By the type of the part. */
  readonly apis: Readonly<Record<string, ApiOfPart>>;
}

/** What is written as a resource of Terraform, by its kind; none: Postern creates no such thing. */
export interface ExportTypes {
  readonly group?: ExportRow<OwnedGroup> | undefined;
  readonly links: Readonly<Partial<Record<LinkKind, ExportRow<OwnedLink>>>>;
  /** The resources of a route of each kind of gateway. */
  readonly routes: Readonly<Partial<Record<GatewayKind, readonly ExportRow<OwnedRoute>[]>>>;
  readonly targets: Readonly<Partial<Record<Target['kind'], ExportRow<OwnedTarget>>>>;
  /** The resources of settings of stages of each kind of gateway. */
  readonly settings?: Readonly<Partial<Record<GatewayKind, readonly ExportRow<OwnedSetting>[]>>> | undefined;
}

/** What plans of other tools say about one cloud. The packages of the clouds have one each, as `plans` of their entry `/plans`. */
export interface PlansOfCloud {
  readonly cloud: Cloud;
  readonly terraform: TerraformTypes;
  readonly cloudFormation?: ResourceTypes | undefined;
  readonly pulumi?: PulumiTypes | undefined;
  readonly imports?: ImportTypes | undefined;
  readonly exports: ExportTypes;
  /** How its resources are carried out on a simulated cloud. */
  readonly acts?: ActsOfCloud | undefined;
  /** Where a snapshot has what a type of Terraform is. */
  readonly held?: Readonly<Record<string, Held>> | undefined;
  /** The driver of a region over clients of one's own: what a plan leaves on a twin is read as a live network is. Undefined: it is laid by rows. */
  readonly driver?: ((region: string, clients: unknown) => Promise<Pick<Driver, 'observe'>>) | undefined;
  /** How remedies name the settings of a target. Undefined: as a spec does. */
  readonly settings?: Readonly<Partial<Record<GatewayKind, SettingWords>>> | undefined;
  /** What follows from all that was laid over a region, before targets are found. */
  readonly complete?: ((draft: DraftRegion) => void) | undefined;
}

/** The clouds whose plans are judged, each once. */
export interface PlansOption {
  readonly plans: readonly PlansOfCloud[];
}

/** Where a row writes to. */
export interface Place {
  readonly draft: DraftRegion;
  /** Notes for the reader of a report. */
  readonly note: (text: string) => void;
}

type MadeId = (view: View, hash: string, free: (subnetId: string) => string | undefined) => string | undefined;

/**
 * How one type of resource is laid over a snapshot. A row is data and pure functions of the attributes; each may throw
 * what its view throws where it needs a value that is not known.
 */
export interface Row {
  /** The list that it changes: what cannot be laid is a gap there. */
  readonly list: ResourceList;
  /** The IDs of instances that do not exist yet, by the attribute that others name; `free` is an address that its subnet may give it. */
  readonly ids?: Readonly<Record<string, MadeId>> | undefined;
  /** Attributes that have the ID of another one, by their names. */
  readonly sameIds?: Readonly<Record<string, string>> | undefined;
  /** Its ID is the name that the configuration gives it, which may be any word: texts keep it. */
  readonly isNamed?: boolean | undefined;
  /** The attribute that has the ID of the item in the list; by default `id`. */
  readonly idAttribute?: string | undefined;
  /** The ID of what a part belongs to: a gap is about it alone. */
  readonly owner?: ((view: View, draft: DraftRegion) => string | undefined) | undefined;
  /** Of a part that may belong to several, where it is not known to which: all of them. */
  readonly owners?: ((view: View, draft: DraftRegion) => readonly string[]) | undefined;
  /** Whether it is a part of something else, and not an item of the list: a rule, a route, an association. */
  readonly isPart?: boolean | undefined;
  /** What is not known about it concerns one route alone, and not its gateway: it is a route (`whole`), or what routes use (`part`). */
  readonly route?: 'whole' | 'part' | undefined;
  /** The sets among its blocks: Terraform sorts them, so a block is paired with its expression by what is known in both. */
  readonly sets?: BlockSets | undefined;
  /** What is kept of it whether the plan changes it or not: others are found by it. */
  readonly index?: ((view: View, place: Place) => void) | undefined;
  /** Of a route: what to do where it cannot be followed. */
  readonly lose?: ((view: View, place: Place, what: string) => void) | undefined;
  /** Lays what is there after the apply; of an item also where it was in the list before. */
  readonly add: (view: View, place: Place) => void;
  /** Takes away what was there before. By default the item with the ID. */
  readonly remove?: ((view: View, place: Place) => void) | undefined;
}

/** Rows by type of resource, in the order in which they are laid. */
export type Rows = Readonly<Record<string, Row>>;
