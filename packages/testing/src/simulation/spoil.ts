import type { FaultRule } from './faults.js';
import type { WireAnswer } from './wire.js';
import type { World } from './world.js';

const HTML = '<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>\n</html>\n';

/** Lets a fault have its way with an answer. */
export function spoil(answer: WireAnswer, fault: FaultRule | undefined): WireAnswer {
  switch (fault?.kind) {
    case 'reset':
    case 'lost':
      return { ...answer, broken: 'dropped' };
    case 'slow':
      return { ...answer, delayMs: fault.ms ?? 1000 };
    case 'html':
      return { status: fault.status ?? 502, headers: { 'content-type': 'text/html' }, body: HTML };
    case 'truncate':
      return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
    default:
      return answer;
  }
}

/** What a fault does in this process: waits, or the error that an HTTP client throws. */
export async function suffer(world: World, fault: FaultRule | undefined): Promise<void> {
  switch (fault?.kind) {
    case 'slow':
      return world.sleep(fault.ms ?? 1000);
    case 'reset':
    case 'lost':
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    case 'html':
      throw new SyntaxError('Unexpected token \'<\', "<html>..." is not valid JSON');
    case 'truncate':
      throw new SyntaxError('Unexpected end of JSON input');
    default:
  }
}
