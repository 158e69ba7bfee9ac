import type { World } from '../world.js';

export function refer(ref: object) {
  return ({ targetSpec }: World) => {
    Object.assign(targetSpec, { ref });
  };
}
