import type { LinkView, Missing } from '../world/views.js';
import type { MigrationInput } from './migration-input.js';

/** Why it is not known what the gateway takes from its instance; undefined where it is. */
export function unreadSettings({ region, gateway }: Pick<MigrationInput, 'region' | 'gateway'>): Missing | undefined {
  if (gateway.settings !== undefined) return undefined;
  return region.missing('gateways', gateway.id) ?? notTold(`the settings of ${gateway.id}`);
}

/** Why it is not known what an instance gives: a gap, or that it does not tell. */
export function untold({ region, link, name }: LinkView, what: string): Missing {
  const id = link?.id ?? name;
  return region.missing('links', id) ?? { what: `${what} of ${id}`, remedy: `Look at ${id} in the console.` };
}

function notTold(what: string): Missing {
  return { what, remedy: 'Take the snapshot again with `postern snapshot`.' };
}

/** What is not known: of the gateway, or else of the instance. */
export function unknownSetting(input: MigrationInput, what: string, old: unknown): Missing {
  if (old !== undefined) return untold(input.to, what);
  const { id } = input.gateway;
  return unreadSettings(input) ?? { what: `${what} of ${id}`, remedy: `Look at ${id} in the console.` };
}
