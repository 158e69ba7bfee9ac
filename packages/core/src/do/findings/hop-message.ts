/** The message of a finding about a hop: `route: no route of rtb-1 to 10.0.0.1`. */
export function hopMessage(hop: string, reason: string): string {
  return `${hop}: ${reason}`;
}

/** Such a message without the hop, which a report shows before it. */
export function reasonIn(message: string, hop: string): string {
  const start = hopMessage(hop, '');
  return message.startsWith(start) ? message.slice(start.length) : message;
}
