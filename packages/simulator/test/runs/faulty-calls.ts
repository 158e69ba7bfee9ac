import type { Around, MachineCall } from './machine.js';

/** What happens to one call: nothing is done, or it is done and the answer is lost; or the process ends there. */
export const TROUBLES = {
  'the connection breaks before it': async () => Promise.reject(broken()),
  'its answer is lost': async (_call, send) => {
    await send();
    throw broken();
  },
  'the process is killed before it': async (call, send) => {
    call.kill();
    return send();
  },
  'the process is killed after it': async (call, send) => {
    const answer = await send();
    call.kill();
    return answer;
  },
} satisfies Record<string, Around>;

/** As Node reports a connection that was reset. */
function broken(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

/** Trouble at the first call that matches; `hit` tells whether there was one. */
export function once(matches: (call: MachineCall) => boolean, trouble: Around): { around: Around; hit: () => boolean } {
  let isHit = false;
  return {
    hit: () => isHit,
    around: async (call, send) => {
      if (isHit || !matches(call)) return send();
      isHit = true;
      return trouble(call, send);
    },
  };
}
