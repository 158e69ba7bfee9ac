import type { Cloud } from '../../do/kinds/cloud/cloud.js';
import type { GatewayKind } from '../../do/model/gateway-kind.js';
import type { LinkKind } from '../../do/model/link.js';
import type { Owner } from '../../do/model/owner.js';
import type { Route } from '../../do/model/route.js';
import type { Target } from '../../do/model/target.js';
import type { ResourceList } from '../../do/snapshot/resources/resources.js';
import type { ResourceTypes } from '../cloudformation/resource-type.js';
import type { Attributes } from '../declared/values.js';
import type { DraftRegion } from '../draft/draft-region.js';
import type { PulumiTypes } from '../pulumi/types.js';
import type { ExportRow, OwnedGroup, OwnedLink, OwnedRoute, OwnedTarget } from './owned.js';
import type { Row } from './row.js';

/** What of a configuration is of the provider of one cloud. */
export interface TerraformTypes {
  /** The name of the provider, with which all of its types begin: `aws` of `aws_lb`. */
  readonly provider: string;
  /** On the registry: `hashicorp/aws`. */
  readonly source: string;
  /** The argument of the provider that lists the accounts in which it may do something. */
  readonly accounts?: string | undefined;
  /** Arguments of resources that only later versions of the provider have. */
  readonly later?: readonly (readonly [argument: RegExp, version: string])[] | undefined;
  /** How resources are laid over a snapshot, by type, in the order in which they are laid. */
  readonly rows: Readonly<Record<string, Row>>;
  /**
   * Types that decide about paths and that are not laid, by the beginning of their names. With a kind: it is not known where routes of
   * its gateways lead.
   */
  readonly unlaid: readonly (readonly [beginning: string, list: ResourceList, kind?: GatewayKind])[];
  /** Types that may register members of target groups in ways that no plan shows. `unless`: not beside a resource of this type. */
  readonly outsiders: readonly (readonly [beginning: string, unless?: string])[];
  /** The beginnings of types that change the desired count of registrars. */
  readonly scalers?: readonly string[] | undefined;
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
}

/** What plans of other tools say about one cloud. The packages of the clouds have one each, as `plans` of their entry `/plans`. */
export interface PlansOfCloud {
  readonly cloud: Cloud;
  readonly terraform: TerraformTypes;
  readonly cloudFormation?: ResourceTypes | undefined;
  readonly pulumi?: PulumiTypes | undefined;
  readonly imports?: ImportTypes | undefined;
  readonly exports: ExportTypes;
  /** What follows from all that was laid over a region, before targets are found. */
  readonly complete?: ((draft: DraftRegion) => void) | undefined;
}

/** The clouds whose plans are judged, each once. */
export interface PlansOption {
  readonly plans: readonly PlansOfCloud[];
}
