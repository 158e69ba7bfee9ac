import type { Dispatcher } from '../simulation/dispatch/dispatcher.js';
import type { Caller } from '../simulation/dispatch/operation.js';
import type { Alibaba } from './dispatch.js';
import { gatewayWords } from './operation/words.js';

/** The region of a call that names no region: CloudAPI's clients give it only by their endpoint. */
export const DEFAULT_REGION = 'cn-hangzhou';

/** Who signed. @throws {AlibabaError} when the session of a role has expired */
export function callerOf(dispatcher: Dispatcher<Alibaba>, region: string, accessKeyId: string): Caller {
  const session = dispatcher.state.sessions.get(accessKeyId);
  if (!session) return dispatcher.rootCaller(region, accessKeyId);
  if (session.expiresAt <= dispatcher.now()) throw gatewayWords.expired();

  return { arn: session.arn, userId: session.userId, accessKeyId };
}
