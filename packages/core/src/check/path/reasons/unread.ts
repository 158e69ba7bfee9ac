import { missingParams } from '../../../do/findings/missing.js';
import type { Missing } from '../../../do/world/views.js';
import { becauseOf, reasons, type HopText } from './reason.js';

/** What stops the packet under an assumption about a fact that is not known. */
export interface Aside {
  /** Where the fact is a setting: as which it is assumed. */
  readonly setting?: 'on' | 'off' | undefined;
  readonly stop: HopText;
}

/** What is missing, and what stops the packet under an assumption about it. */
export function missingText({ what }: Missing, aside: Aside | undefined): string {
  if (aside === undefined) return what;
  const { setting, stop } = aside;
  return `${what} (${setting === undefined ? '' : `if ${setting}: `}${becauseOf(stop)})`;
}

/** Where a fact is missing, whatever the check. */
export const unreadReasons = reasons({
  NOT_READ: ({ missing, aside }: { readonly missing: Missing; readonly aside?: Aside | undefined }) => {
    const what = missingText(missing, aside);
    return {
      because: `${what} could not be read`,
      remedy: missing.remedy,
      params: { missing: missingParams({ ...missing, what }) },
    };
  },
});
