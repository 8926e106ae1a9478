import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Watches one connection: tells the work of a request when its client goes away, closes the connection after an answer
/// where the rest of the request is not wanted, and closes that of a client that does not read its answer.
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private struct State {
        var isGone = false
        var closesAfterAnswer = false
        var whenGone: (@Sendable () -> Void)?
        /// Closes the connection of a client that takes nothing.
        var stall: Scheduled<Void>?
    }

    /// The time in which a client must take what is written to it, at least a part that frees the buffer.
    private static let patience = TimeAmount.seconds(60)

    private let state = Mutex(State())

    /// Runs `body` when the client goes away; at once where it has gone already. nil ends that.
    func whenGone(_ body: (@Sendable () -> Void)?) {
        let isGone = state.withLock { state in
            state.whenGone = body
            return state.isGone
        }
        if isGone { body?() }
    }

    /// Closes the connection when the answer is written.
    func closeAfterAnswer() { state.withLock { $0.closesAfterAnswer = true } }

    private func leave() {
        let body = state.withLock { state in
            state.isGone = true
            return state.whenGone
        }
        body?()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // A client that waits before it sends a body is told to go on, unless the body is too long (RFC 9110, 10.1.1).
        if case .head(let head) = unwrapInboundIn(data), head.headerFields[.expect]?.lowercased() == "100-continue",
            head.headerFields[.contentLength].flatMap({ Int($0) }) ?? 0 <= Listener.longestBody
        {
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        setStall(nil)
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        let channel = context.channel
        setStall(
            channel.isWritable
                ? nil
                : context.eventLoop.scheduleTask(in: ConnectionWatch.patience) { channel.close(promise: nil) })
        context.fireChannelWritabilityChanged()
    }

    private func setStall(_ stall: Scheduled<Void>?) {
        state.withLock { state in
            state.stall?.cancel()
            state.stall = stall
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A client that has sent all that it will send waits for its answer, or has gone: nobody can tell. Almost all have
        // gone.
        if let event = event as? ChannelEvent, event == .inputClosed { leave() }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data), state.withLock({ $0.closesAfterAnswer }) else {
            return context.write(data, promise: promise)
        }
        context.writeAndFlush(data, promise: promise)
        context.close(promise: nil)
    }
}
