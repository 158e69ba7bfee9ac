import type {
  AllowlistDriver,
  AllowlistGroups,
  BlockUses,
  DriverAbilities,
  LinkChanges,
  RouteAdoption,
  RouteListing,
  RouteSweeping,
  StageDriver,
  StageSettingsDriver,
  TargetResources,
  TestCallDriver,
} from '../src/do/abilities.js';
import type { Driver, LinkDriver, RouteDriver, TargetDriver } from '../src/do/driver.js';

/** What a driver does with routes and stages: its must and its abilities. */
export type RouteGroup = RouteDriver &
  RouteAdoption &
  StageDriver &
  StageSettingsDriver &
  RouteListing &
  RouteSweeping &
  TestCallDriver;

/** Some members of `T`. */
type Some<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** The functions of a driver by what they are about, of its must and of its abilities: as an adapter writes them for a kind. */
export interface Groups {
  readonly links?: Some<LinkDriver & LinkChanges> | undefined;
  readonly targets?: Some<TargetDriver & TargetResources> | undefined;
  readonly routes?: Some<RouteGroup> | undefined;
  readonly allowlist?: Some<AllowlistDriver & AllowlistGroups & BlockUses> | undefined;
}

/** The group of each ability, and its functions. */
const PARTS: Partial<Record<keyof DriverAbilities, readonly [keyof Groups, readonly string[]]>> = {
  linkChanges: ['links', ['rename', 'tag', 'untag']],
  targetResources: ['targets', ['find', 'create', 'update', 'delete']],
  adoption: ['routes', ['adopt', 'forget']],
  stages: ['routes', ['deploy', 'adoptStage', 'forgetStage', 'removeStage']],
  stageSettings: ['routes', ['configureStage', 'flushCache']],
  listing: ['routes', ['list']],
  sweeping: ['routes', ['sweep']],
  testCalls: ['routes', ['testCall']],
  allowlist: ['allowlist', ['read', 'allow', 'revoke']],
  allowlistGroups: ['allowlist', ['prepare', 'mark', 'release']],
  blockUses: ['allowlist', ['resources']],
};

export function abilitiesIn(groups: Groups): Pick<Driver, keyof typeof PARTS> {
  const all = Object.entries(PARTS).flatMap(([name, [group, members]]) => {
    const given = (groups[group] ?? {}) as Readonly<Record<string, unknown>>;
    const own = members.filter((member) => given[member] !== undefined).map((member) => [member, given[member]]);
    return own.length === 0 ? [] : [[name, Object.fromEntries(own)]];
  });
  return Object.fromEntries(all) as Pick<Driver, keyof typeof PARTS>;
}
