import type { LinkView, Missing } from '@postern/core/internal/check';
import type { MigrationInput } from '@postern/core/internal/checks';

/** Why the settings that the gateway has from its instance are not known; undefined if they are. */
export function unreadSettings({ region, gateway }: Pick<MigrationInput, 'region' | 'gateway'>): Missing | undefined {
  if (gateway.settings !== undefined) return undefined;

  return region.missing('gateways', gateway.id) ?? notTold(`the settings of ${gateway.id}`);
}

/** Why a setting of an instance is not known: a gap, or the instance does not report it. */
export function untold({ region, link, name }: LinkView, what: string): Missing {
  const id = link?.id ?? name;
  return (
    region.missing('links', id) ?? { what: `${what} of ${id}`, remedy: `Look up ${what} of ${id} in the console.` }
  );
}

function notTold(what: string): Missing {
  return { what, remedy: 'Take the snapshot again with `postern snapshot`.' };
}

/** The setting that is not known: that of the gateway, or else that of the instance. */
export function unknownSetting(input: MigrationInput, what: string, old: unknown): Missing {
  if (old !== undefined) return untold(input.to, what);

  const { id } = input.gateway;
  return unreadSettings(input) ?? { what: `${what} of ${id}`, remedy: `Look up ${what} of ${id} in the console.` };
}
