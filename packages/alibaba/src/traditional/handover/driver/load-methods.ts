import type { Session } from '../../../client/session.js';
import { resolvedOptions } from '../../../driver.js';
import type { AlibabaOptions } from '../../../options.js';
import type * as Methods from './handover-methods.js';

/** Kept here, because each `import()` asks Node's loader again. */
let loaded: Promise<typeof Methods> | undefined;

/** The code of readers and drivers of hand-overs, with their session: it is one, so that the account is asked for once. */
export function methodsBy(factory: string, given: AlibabaOptions) {
  const { options, region } = resolvedOptions(factory, given);
  let opened: Session | undefined;
  return async () => {
    const methods = await (loaded ??= import('./handover-methods.js'));
    return { ...methods, session: (opened ??= methods.createSession(options, region)) };
  };
}
