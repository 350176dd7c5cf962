import { Component, type ReactNode } from "react";

interface State {
  readonly broken: boolean;
}

/**
 * The last net: a bug in a screen leaves a way on instead of a white window. It stands outside of the
 * language catalogues, which may be what broke, so it says its sentence in both languages.
 */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override readonly state: State = { broken: false };

  static getDerivedStateFromError(): State {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <div role="alert" className="broken-window">
        <p>This window hit a fault. Your library is not affected.</p>
        <p lang="zh-CN">窗口出现故障，您的文库不受影响。</p>
        <button type="button" onClick={() => location.reload()}>
          Reload · 重新载入
        </button>
      </div>
    );
  }
}
