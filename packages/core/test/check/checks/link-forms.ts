import { linkHash } from '../../../src/do/world/resolve/link-identity.js';
import type { Draft, World } from './world.js';
import type { LookUp } from '../../../src/do/spec.js';

/** How a spec identifies its link, for a link that the world has. */
export type LinkForm = readonly [name: string, write: (world: World) => void];

/** Marks the link of a world as created by Postern for the spec, and declares it in the spec. */
function declared(world: World, by: (id: string) => LookUp): void {
  const { region, linkSpec, spec } = world;
  const [link] = region.links;
  // A link that is declared with subnets is of a kind that can be created; a fault may have declared it already.
  if (link === undefined || linkSpec.id === undefined) return;
  if (link.kind === 'dedicated-instance' || link.kind === 'vpc-link-v1') return external(world);
  const owner = { project: spec.project, spec: spec.spec, integration: 'eu' };
  link.owner = { ...owner, specHash: linkHash(owner, link) };
  for (const one of [...region.subnets, ...region.securityGroups]) {
    one.name = `${one.id} by name`;
    one.tags = { part: one.id };
  }
  delete linkSpec.id;
  linkSpec.subnets = link.subnetIds.map(by);
  linkSpec.securityGroups = link.securityGroupIds.map(by);
}

/** An external link, which is found by its name: the only form for kinds that Postern never creates. */
function external({ region, linkSpec }: World): void {
  const [link] = region.links;
  if (link === undefined || linkSpec.id === undefined) return;
  delete linkSpec.id;
  linkSpec.owner = 'external';
  linkSpec.name = link.name;
}

/** On AWS a group that Postern manages, and that the spec does not name, holds the list. */
function withAllowlist(world: World): void {
  const { region, linkSpec } = world;
  declared(world, (id) => id);
  const [link] = region.links;
  if (link === undefined || linkSpec.subnets === undefined || linkSpec.allowlist !== undefined) return;
  const list: Draft<(typeof region.allowlists)[number]> | undefined = region.allowlists[0];
  linkSpec.allowlist = ['10.0.11.0/24', '10.0.12.0/24', '10.0.20.0/24'];
  if (region.provider !== 'aws' || list === undefined || link.securityGroupIds.length !== 1) return;
  Object.assign(list, { owned: true, securityGroupId: link.securityGroupIds[0] });
  linkSpec.securityGroups = [];
}

/** All forms: adopted by its id, by its name, or declared with its subnets and groups. */
export const LINK_FORMS: readonly LinkForm[] = [
  ['by id', () => undefined],
  ['by name', ({ linkSpec }) => void (linkSpec.id = linkSpec.id === undefined ? undefined : { name: 'eu' })],
  ['external', external],
  ['declared by ids', (world) => declared(world, (id) => id)],
  ['declared by names', (world) => declared(world, (id) => ({ name: `${id} by name` }))],
  ['declared by tags', (world) => declared(world, (id) => ({ tag: { part: id } }))],
  ['declared with an allowlist', withAllowlist],
];
