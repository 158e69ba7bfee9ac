import { InvalidInputError } from '@postern/core/internal/library';
import type { Cloud, Clouds } from '@postern/core/internal/kinds';
import type { InstanceMigration, Migration } from '@postern/core/internal/moves';
import { providerOf } from '../session/provider-of.js';
import type { validate } from '../commands/migrate/grammar.js';
import type { OptionsOf } from '../grammar/options.js';

/** The options of `postern migrate validate`. */
export type MigrateOptions = OptionsOf<typeof validate>;

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
  return askedOn(cloud, movesOn(clouds.named(cloud)), options, to);
}

/** What moves on a cloud: gateways as a whole, routes one by one, stages, and all gateways of a link. Nothing on one that is not known. */
export function movesOn(cloud: Cloud | undefined) {
  const gateways = Object.values(cloud?.gateways ?? {});
  return {
    groups: gateways.some(({ movesAsOne }) => movesAsOne),
    routes: gateways.some(({ routesMove }) => routesMove === true),
    stages: gateways.some(({ stagesMove }) => stagesMove !== undefined),
    whole: Object.values(cloud?.links ?? {}).find(({ movesWhole }) => movesWhole !== undefined)?.movesWhole,
  };
}

function askedOn(
  provider: string,
  { groups, routes, whole }: ReturnType<typeof movesOn>,
  { region, group, api, route, from }: MigrateOptions,
  to: string,
): Asked {
  refuse(provider, { ...(!groups && { group }), ...(!routes && { api, route }) });
  if (group !== undefined) {
    refuse(provider, { api, route });
    if (from !== undefined)
      throw wrong(
        '--group and --from cannot be combined',
        whole === undefined
          ? 'Remove --from.'
          : `Name one ${whole.gateway}, or the ${whole.link} to move all ${whole.gateway}s from.`,
      );

    return { one: { provider, region, group, to } };
  }
  if (whole !== undefined && from !== undefined && api === undefined && route === undefined)
    return { all: { provider, region, from, to } };
  if (api === undefined) {
    const ways = [
      ...(routes ? ['--api, and --route for one route of it'] : []),
      ...(groups ? ['--group'] : []),
      ...(whole === undefined
        ? []
        : [`--from for all ${whole.gateway}s of ${/^[aeiou]/.test(whole.link) ? 'an' : 'a'} ${whole.link}`]),
    ];
    throw wrong('nothing to move was named', `Add ${ways.join(', or ')}.`);
  }
  if (from === undefined) throw wrong('--from is missing', 'Add --from with the ID of the link.');

  return { one: { provider, region, api, route, from, to } };
}

function refuse(provider: string, options: Readonly<Record<string, string | undefined>>): void {
  const given = Object.keys(options).filter((name) => options[name] !== undefined);
  if (given.length === 0) return;

  const flags = given.map((name) => `--${name}`).join(', ');
  throw wrong(`${flags}: not supported with --provider ${provider}`, 'Remove it, or name another provider.');
}

function wrong(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
