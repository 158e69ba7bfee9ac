import { InvalidInputError, isPosternError, PrivateIntegrations } from '@postern/core/internal/library';
import { answered } from '../process/answered.js';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';
import { openSession } from '../session/open-session.js';
import { askForParts, type Ask } from './ask-for-parts.js';
import type { Cloud, Clouds, FirstParts } from '@postern/core/internal/kinds';

/** Where a first spec is for. */
interface Place {
  readonly clouds: Clouds;
  readonly cloud: Cloud;
  readonly region: string;
  readonly project: string;
  readonly profile?: string | undefined;
}

/** Reads what exists, and asks for what is not given. Where the cloud cannot be read, that is left to fill in. */
export async function askInCloud(
  io: Io,
  { project, profile, clouds, cloud, region: name }: Place,
  given: FirstParts,
): Promise<FirstParts> {
  const place = { provider: cloud.name, region: name };
  try {
    const { context, drivers } = await openSession(io, { profile, notesWaits: true });
    const { signal, ...rest } = context;
    const driver = await drivers({ ...place, profile });
    await driver.identity(context); // fails at once where there are no credentials
    const { regions } = await new PrivateIntegrations(driver, { ...rest, project }).observe({ signal, checks: true });
    const [region] = regions;
    return region === undefined ? given : await askForParts(clouds, cloud, region, given, TERMINAL);
  } catch (error) {
    if (!isPosternError(error) || error.code === 'NO_TERMINAL' || io.signal.aborted) throw error;

    note(io, `${place.provider} ${place.region} could not be read, so its IDs are left to fill in: ${error.message}`);
    return given;
  }
}

const TERMINAL: Ask = {
  one: async (message, choices) => {
    const { select } = await import('@clack/prompts');
    return given(await answered((how) => select({ message, options: [...choices], maxItems: 12, ...how })));
  },
  several: async (message, choices, chosen) => {
    const { multiselect } = await import('@clack/prompts');
    const options = { options: [...choices], maxItems: 12, required: false, initialValues: [...chosen] };
    return given(await answered((how) => multiselect({ message, ...options, ...how })));
  },
};

/** @throws {InvalidInputError} `NO_TERMINAL` where the input ended */
function given<T>(answer: T | undefined): T {
  if (answer !== undefined) return answer;

  throw new InvalidInputError('NO_TERMINAL', 'the input ended before all questions were answered', {
    remedy: 'Nothing was written. Give the answers as options, or add --yes to leave them to fill in.',
  });
}
