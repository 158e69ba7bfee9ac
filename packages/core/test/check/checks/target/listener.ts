import { LISTENER } from '../aws-region.js';
import type { World } from '../world.js';

export const listener =
  (changes: object) =>
  ({ the }: World) => {
    Object.assign(the('listeners', LISTENER), changes);
  };
