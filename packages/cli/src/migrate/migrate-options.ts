import { InvalidInputError } from '@postern/core';
import type { Clouds } from '@postern/core/kinds';
import type { InstanceMigration, Migration } from '@postern/core/moves';
import type { NamedReport } from '../grammar/report-option.js';
import { providerOf } from '../session/provider-of.js';

/** The options of `postern migrate validate`. */
export interface MigrateOptions {
  readonly provider?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly group?: string;
  readonly api?: string;
  readonly route?: string;
  readonly from?: string;
  readonly to?: string;
  readonly snapshot?: string;
  readonly spec?: string;
  readonly sarif?: boolean;
  readonly md?: boolean;
  readonly junit?: boolean;
  readonly output?: string;
  readonly html?: string;
  readonly report?: readonly NamedReport[];
  readonly acceptUnknown?: readonly string[];
  readonly now?: string;
}

/** The request: one group or API, or all groups of an instance. */
export type Asked = { readonly one: Migration } | { readonly all: InstanceMigration };

/**
 * The request that the options define.
 * @throws {InvalidInputError} `INVALID_INPUT` where options are missing, or have no meaning on the cloud.
 */
export function askedFor(options: MigrateOptions, clouds: Clouds): Asked {
  const { provider, region, from, to } = options;
  if (to === undefined) throw wrong('--to is missing', 'Add --to with the ID of the link or instance to move to.');
  const cloud = providerOf(clouds, provider, from, to, region);
  return ASKED.get(cloud)?.(options, to) ?? askedOf(cloud, options, to);
}

/** What moves on each cloud: routes one by one, or API groups as a whole. */
const ASKED: ReadonlyMap<string, (options: MigrateOptions, to: string) => Asked> = new Map([
  ['aws', (options: MigrateOptions, to: string) => askedForRoutes('aws', options, to)],
  ['alibaba', askedForGroups],
]);

/** A cloud that a program brings: its gateways may move in either way. */
function askedOf(provider: string, options: MigrateOptions, to: string): Asked {
  const { region, group, api, route, from } = options;
  if ([group, api, route].every((one) => one === undefined) && from !== undefined)
    return { all: { provider, region, from, to } };
  if (group === undefined) return askedForRoutes(provider, options, to);
  refuse(provider, { api, route, from });
  return { one: { provider, region, group, to } };
}

function askedForRoutes(provider: string, { region, group, api, route, from }: MigrateOptions, to: string): Asked {
  refuse(provider, { group });
  if (api === undefined) throw wrong('nothing to move was named', 'Add --api, and --route for one route of it.');
  if (from === undefined) throw wrong('--from is missing', 'Add --from with the ID of the link.');
  return { one: { provider, region, api, route, from, to } };
}

function askedForGroups({ region, group, api, route, from }: MigrateOptions, to: string): Asked {
  refuse('alibaba', { api, route });
  if (group !== undefined && from !== undefined) {
    throw wrong('--group and --from cannot be combined', 'Name one group, or the instance to move all groups from.');
  }
  if (group !== undefined) return { one: { provider: 'alibaba', region, group, to } };
  if (from !== undefined) return { all: { provider: 'alibaba', region, from, to } };
  throw wrong('nothing to move was named', 'Add --group, or --from for all groups of an instance.');
}

function refuse(provider: string, options: Readonly<Record<string, string | undefined>>): void {
  const given = Object.keys(options).filter((name) => options[name] !== undefined);
  if (given.length === 0) return;
  const flags = given.map((name) => `--${name}`).join(', ');
  throw wrong(`${flags}: not supported with --provider ${provider}`, 'Remove it, or name the other provider.');
}

function wrong(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
