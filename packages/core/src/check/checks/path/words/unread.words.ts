import { missingParams } from '../../../../do/findings/missing.js';
import type { PathSays } from './path-says.js';

/** The sentences of hops where a fact is missing. */
export const unreadSays = {
  NOT_READ: ({ missing, aside }, inner) => {
    if (aside === undefined) {
      return {
        because: `${missing.what} could not be read`,
        remedy: missing.remedy,
        params: { missing: missingParams(missing) },
      };
    }
    const { setting, described } = aside;
    const what = `${missing.what} (${setting === undefined ? '' : `if ${setting}: `}${inner(described).because})`;
    return {
      because: `${what} could not be read`,
      remedy: missing.remedy,
      params: { missing: missingParams({ ...missing, what }) },
      text: `not known: ${what}`,
    };
  },
} satisfies Partial<PathSays>;
