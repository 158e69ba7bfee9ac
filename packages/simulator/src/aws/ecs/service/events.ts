import type { AwsCall } from '../../operation/operation.js';
import { uuid } from '../find.js';
import type { ServiceRow } from '../state.js';

/** "The event stream for your service. A maximum of 100 of the latest events are displayed." (API_Service) */
const MOST_EVENTS = 100;

/**
 * Adds an event of a service, unless it is the latest one already.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
export function note(call: AwsCall, row: ServiceRow, text: string): void {
  const message = `(service ${row.fields.serviceName}) ${text}`;
  const { events: before } = row.fields;
  if (before[0]?.message === message) return;

  const events = [{ id: uuid(call), createdAt: new Date(call.now), message }, ...before].slice(0, MOST_EVENTS);
  row.fields = { ...row.fields, events };
}
