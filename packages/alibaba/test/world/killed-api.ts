import type { Simulation } from '@postern/simulator';

type Api = ReturnType<Simulation['alibaba']>;

/**
 * A client of a process that is killed at its write number `at` (from 1): before the call is sent, or after it was
 * carried out and before its answer arrives. Every later call fails, too.
 */
export function killedApi(api: Api, at: number, when: 'before' | 'after'): Api {
  let writes = 0;
  let isKilled = false;
  return {
    ...api,
    call: async (params, query, options) => {
      const isLast = !/^(?:Describe|Get|List)/.test(params.action) && (writes += 1) === at;
      if (isLast && when === 'before') isKilled = true;
      if (isKilled) throw new Error(`killed in ${params.action}`);
      const answer = await api.call(params, query, options);
      if (!isLast) return answer;
      isKilled = true;
      throw new Error(`killed in ${params.action}`);
    },
  };
}
