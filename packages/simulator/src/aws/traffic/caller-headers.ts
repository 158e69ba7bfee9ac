/** The caller may make the call: what a method asks of callers is not looked at. */
export const PERMITTED_HEADER = 'x-postern-permitted';

/** Whether the call goes to the canary of its stage: `yes`, or `no`. Without it chance decides. */
export const CANARY_HEADER = 'x-postern-canary';

/** Whether a caller may make a call, whoever that is. */
export function isPermitted({ headers }: { readonly headers: Readonly<Record<string, string>> }): boolean {
  return headers[PERMITTED_HEADER] !== undefined;
}
