/** The part of a body of https://fetch.spec.whatwg.org that is used. */
export interface AnswerBody {
  readonly getReader: () => {
    readonly read: () => Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    readonly cancel: () => Promise<void>;
  };
}

/** More of a body is never needed: answers of gateways themselves are shorter. */
const START_BYTES = 1024;

/** The first 1,024 bytes of a body as text; less where it breaks or stalls before. The rest is not read. */
export async function readStart(body: AnswerBody): Promise<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let [text, left] = ['', START_BYTES];
  try {
    while (left > 0) {
      const { done, value = new Uint8Array() } = await reader.read();
      if (done) break;
      text += decoder.decode(value.subarray(0, left), { stream: true });
      left -= value.length;
    }
  } catch {
    // The status has arrived, and a part of the body is as good as none.
  }
  await reader.cancel().catch(() => undefined);
  return text;
}
