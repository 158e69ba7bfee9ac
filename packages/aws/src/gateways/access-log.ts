import { defined } from '@postern/core/adapter';
import type { Stage } from '@postern/core/snapshot';

/** `{}` where the stage has no access log. */
export function toAccessLog(destination: string | undefined, format: string | undefined): Stage['accessLog'] {
  return {
    ...defined({ destination, format }),
  };
}
