/**
 * The source ports of calls, and so the destination ports of their answers.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
export const EPHEMERAL: Ports = [1_024, 65_535];

/** A run of ports. */
export type Ports = readonly [first: number, last: number];

/**
 * The share of source ports up to which a denied answer is a warning. Each new connection uses one of the ports, so the same share of
 * calls fails. Single ports and short ranges that guides recommend to deny (3389, 5900-5999) are far below 1 %, and a call that fails
 * succeeds when it is repeated. A larger denied range covers ports that some systems call from (Linux 32768-60999, Windows
 * 49152-65535), and calls fail permanently.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
const FEW = 0.01;

/** How many source ports a call may have. */
export const SOURCE_PORTS = EPHEMERAL[1] - EPHEMERAL[0] + 1;

/** Whether so few of the source ports are denied that nearly all calls succeed. */
export function areFew(denied: number): boolean {
  return denied <= SOURCE_PORTS * FEW;
}

/** `0.002 %`. */
export function shareText(denied: number): string {
  return `${Number(((denied / SOURCE_PORTS) * 100).toPrecision(1))} %`;
}
