import type { Ended, GatewayAnswer, Journey } from './gateway-call.js';
import type { SocketStart } from './socket.js';

/** Carries out a journey, and then does something with its answer. */
type Carry = (journey: Journey, then: (answer: GatewayAnswer) => void) => void;

/**
 * A call of a WebSocket API from its start to its end: a connection is opened, a message is sent, and the connection is closed. An empty
 * message is not sent. `done` is called once, with the answer that decides: the first that was not delivered, else that of the message.
 * What becomes of the closing decides only without a message: callers hear nothing of it.
 */
export function callSocket(
  start: SocketStart | Ended,
  message: string,
  carry: Carry,
  done: (answer: GatewayAnswer) => void,
): void {
  if ('answer' in start) return carry(start, done);
  const { connect, session } = start;
  carry(connect, (opened) => {
    if (opened.outcome !== 'delivered' || opened.status >= 300) return done(opened);
    if (message !== '') {
      return carry(session.message(message).journey, (answer) => {
        const closing = session.closed();
        if (closing) carry(closing, () => undefined);
        done(answer);
      });
    }
    const closing = session.closed();
    if (closing) carry(closing, done);
    else done(opened);
  });
}
