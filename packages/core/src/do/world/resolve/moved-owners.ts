import type { Gateway } from '../../model/gateway.js';
import { mayChange } from '../../model/marks.js';
import type { Claim, Owner } from '../../model/owner.js';
import type { Spec } from '../../spec.js';
import type { RegionSnapshot, Snapshot } from '../../snapshot/snapshot.js';

/**
 * The snapshot with the marks of renamed integrations and targets as if they were written already: with the names
 * that the spec declares now. What the mark says is in `Claim.formerly`. So all that compares marks with names of
 * the spec needs to know nothing of former names. Links are not changed: their marks have a hash of the name.
 */
export function withMovedOwners(snapshot: Snapshot, spec: Spec): Snapshot {
  const moved = (spec.moved ?? []).filter(({ kind }) => kind !== 'link');
  if (moved.length === 0) return snapshot;

  const integrations = new Map(moved.flatMap(({ kind, from, to }) => (kind === 'integration' ? [[from, to]] : [])));
  const targets = new Map(
    moved.flatMap(({ kind, integration, from, to }) => (kind === 'target' ? [[`${integration}/${from}`, to]] : [])),
  );
  const rename = <T extends { readonly owner?: Owner | undefined }>(marked: T): T => {
    const { owner } = marked;
    if (owner === undefined || !mayChange(owner, spec)) return marked;

    const integration = integrations.get(owner.integration) ?? owner.integration;
    const name = owner.name && (targets.get(`${integration}/${owner.name}`) ?? owner.name);
    if (integration === owner.integration && name === owner.name) return marked;

    const formerly = integration === owner.integration ? undefined : [owner.integration];
    const claim: Claim = { ...owner, integration, name, formerly };
    return { ...marked, owner: claim };
  };
  const gateway = (one: Gateway): Gateway => ({
    ...one,
    routes: one.routes.map(rename),
    ...(one.integrations === undefined ? {} : { integrations: one.integrations.map(rename) }),
  });
  const region = (one: RegionSnapshot): RegionSnapshot => ({
    ...one,
    targets: one.targets.map(rename),
    gateways: one.gateways.map(gateway),
  });
  return { ...snapshot, regions: snapshot.regions.map(region) };
}
