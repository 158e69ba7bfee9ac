import type { Gateway } from '../../do/model/gateway.js';
import type { Link } from '../../do/model/link.js';
import type { SecurityGroup } from '../../do/model/network.js';
import type { Route } from '../../do/model/route.js';
import type { Target } from '../../do/model/target.js';

/** A link of the spec, with what holds its allowlist. */
export interface OwnedLink {
  readonly name: string;
  readonly link: Link;
  /** The security group of its own that holds the allowlist. */
  readonly group?: SecurityGroup | undefined;
  /** Whether its allowlist is in resources of others: rules of the group of a backend, blocks of an instance. */
  readonly listsElsewhere: boolean;
}

/** The security group of a link that holds its allowlist. */
export interface OwnedGroup extends OwnedLink {
  readonly group: SecurityGroup;
}

/** A route of the spec. */
export interface OwnedRoute {
  /** Of the integration in the spec. */
  readonly name: string;
  readonly gateway: Gateway;
  readonly route: Route;
  readonly link: Link;
  readonly target: Target | undefined;
}

/** A target that is a resource of its own. */
export interface OwnedTarget {
  readonly name: string;
  readonly target: Target;
}
