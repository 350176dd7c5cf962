/**
 * Kinds of servers the fake can be. Shapes are those that the servers' own sources and documents show
 * (as of 2026-11); every value is made up here.
 */
export const fakeKinds = [
  "dashscope",
  "vllm",
  "sglang",
  "llama-cpp",
  "llama-cpp-python",
  "ollama",
  "lm-studio",
  "pai-eas",
] as const;
export type FakeKind = (typeof fakeKinds)[number];

/** An error as one kind of server words it. */
export interface FakeError {
  readonly status: number;
  readonly code: string;
  readonly type: string;
  readonly message: string;
  readonly more?: Readonly<Record<string, number>>;
}

export interface KindRow {
  /** What stands before `/chat/completions`. */
  readonly root: string;
  /** Field that thoughts come in; null: as `<think>` tags in the text. */
  readonly thoughtField: "reasoning_content" | "reasoning" | null;
  /** When the usage chunk comes. */
  readonly usage: "asked" | "never";
  /** Every other chunk carries `usage: null`. */
  readonly hasNullUsage: boolean;
  /** The delta of the first chunk. */
  readonly firstDelta: Readonly<Record<string, unknown>>;
  /** The delta beside the finish reason. */
  readonly lastDelta: Readonly<Record<string, unknown>>;
  /** Sends a comment before the first event. */
  readonly pings: boolean;
  /** Paths, from the host, that answer 200 without a key, and what they say. */
  readonly openPaths: Readonly<Record<string, string>>;
  readonly listsModels: boolean;
  /** Cuts a prompt that is too long and says nothing. */
  readonly cutsSilently: boolean;
  readonly needsKey: boolean;
  /** Whether the request switches thinking on; absent fields mean the kind's own default. */
  readonly thinks: (body: RequestFields) => boolean;
  readonly wrongKey: string;
  readonly errorBody: (error: FakeError) => string;
}

/** The fields of a request that some kind looks at. */
export interface RequestFields {
  readonly model?: string;
  readonly messages?: readonly { readonly role: string; readonly content: string }[];
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly enable_thinking?: boolean;
  readonly thinking_budget?: number;
  readonly reasoning_effort?: string;
  readonly chat_template_kwargs?: { readonly enable_thinking?: boolean };
  readonly frequency_penalty?: number;
}

const wrapped = (error: FakeError): string =>
  JSON.stringify({
    error: { message: error.message, type: error.type, param: null, code: error.code, ...error.more },
    request_id: "a1b2c3",
  });
const numbered = (error: FakeError): string =>
  JSON.stringify({
    error: { message: error.message, type: error.type, param: null, code: error.status, ...error.more },
  });
const byTemplate = (body: RequestFields): boolean => body.chat_template_kwargs?.enable_thinking ?? true;

const vllm: KindRow = {
  root: "/v1",
  thoughtField: "reasoning",
  usage: "asked",
  hasNullUsage: false,
  firstDelta: { role: "assistant", content: "" },
  lastDelta: { content: "" },
  pings: false,
  openPaths: { "/health": "" },
  listsModels: true,
  cutsSilently: false,
  needsKey: true,
  thinks: byTemplate,
  wrongKey: '{"error":"Unauthorized"}',
  errorBody: numbered,
};

export const kindRows: Readonly<Record<FakeKind, KindRow>> = {
  dashscope: {
    ...vllm,
    root: "/compatible-mode/v1",
    thoughtField: "reasoning_content",
    hasNullUsage: true,
    openPaths: {},
    thinks: (body) => body.enable_thinking ?? body.reasoning_effort !== "none",
    wrongKey: wrapped({
      status: 401,
      code: "invalid_api_key",
      type: "invalid_request_error",
      message: "Incorrect API key provided. ",
    }),
    errorBody: wrapped,
  },
  vllm,
  sglang: {
    ...vllm,
    thoughtField: "reasoning_content",
    openPaths: { "/health": "", "/health_generate": "" },
    errorBody: ({ status, type, message }) =>
      JSON.stringify({ object: "error", message, type, param: null, code: status }),
  },
  "llama-cpp": {
    ...vllm,
    thoughtField: "reasoning_content",
    firstDelta: { role: "assistant", content: null },
    lastDelta: {},
    pings: true,
    openPaths: { "/health": '{"status":"ok"}', "/v1/health": '{"status":"ok"}' },
    wrongKey: '{"error":{"code":401,"message":"Invalid API Key","type":"authentication_error"}}',
    errorBody: ({ status, type, message, more }) =>
      JSON.stringify({ error: { code: status, message, type, ...more } }),
  },
  "llama-cpp-python": {
    ...vllm,
    thoughtField: null,
    usage: "never",
    firstDelta: { role: "assistant" },
    lastDelta: {},
    openPaths: {},
    thinks: () => false,
    wrongKey: '{"detail":"Invalid API key"}',
    errorBody: ({ code, type, message }) => JSON.stringify({ error: { message, type, param: null, code } }),
  },
  ollama: {
    ...vllm,
    lastDelta: {},
    openPaths: { "/": "Ollama is running", "/api/version": '{"version":"0.24.0"}' },
    cutsSilently: true,
    needsKey: false,
    thinks: (body) => body.reasoning_effort !== "none",
    errorBody: ({ type, message }) => JSON.stringify({ error: { message, type, param: null, code: null } }),
  },
  "lm-studio": {
    ...vllm,
    thoughtField: "reasoning_content",
    lastDelta: {},
    openPaths: {},
    thinks: (body) => body.reasoning_effort !== "none",
    wrongKey:
      '{"error":{"message":"An LM Studio API token is required.","type":"invalid_request_error","code":"invalid_api_key","param":null}}',
  },
  "pai-eas": { ...vllm, root: "/api/predict/qwen/v1", openPaths: {} },
};
