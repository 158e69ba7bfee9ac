import type { CloudError } from '../../ground/errors.js';

/** Marks a refusal after which a part of the call stays: see `CloudError.unfinished`. */
export function leaveUnfinished(error: CloudError): CloudError {
  (error as { unfinished: boolean }).unfinished = true;
  return error;
}
