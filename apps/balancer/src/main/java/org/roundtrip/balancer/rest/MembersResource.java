/*
 * Copyright 2026 The Roundtrip Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package org.roundtrip.balancer.rest;

import org.roundtrip.balancer.Member;
import org.roundtrip.balancer.MemberChange;
import org.roundtrip.balancer.MemberId;
import org.roundtrip.balancer.MemberOperation;
import org.roundtrip.balancer.MemberStatus;
import org.roundtrip.balancer.VirtualServer;
import org.roundtrip.balancer.VirtualServerService;
import org.roundtrip.base.InvalidRequestException;
import org.roundtrip.base.NotFoundException;
import org.roundtrip.base.RequestException;
import org.roundtrip.base.json.Json;
import org.roundtrip.base.rest.RestResource;

import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.PATCH;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * The members of a virtual server. A member is named by its address, and by its port if it has one of its own, such as
 * {@code 192.0.2.7} or {@code 192.0.2.7:8080}.
 */
@Path("servers/{name}/members")
@Produces(MediaType.APPLICATION_JSON)
public final class MembersResource extends RestResource {

    /**
     * Returns the members.
     *
     * @param name the name of the virtual server
     * @return 200 with the YANG lists {@code members}, which is what was asked for, and {@code member-status}, which is
     *         how they fare; 404 if there is no such virtual server
     */
    @GET
    public Response members(@PathParam("name") String name) {
        VirtualServer server = existing(name);
        return answer(Map.of("members", server.request().members(), "member-status", server.memberStatus()));
    }

    /**
     * Changes members, all or none, and leaves those alone that are not named.
     *
     * @param name the name of the virtual server
     * @param json the list {@code members} of what is changed: each with its address and port, its new weight and state
     *             if they change, and the operation {@code remove} to take it out
     * @return 200 with the virtual server; 400 if the request is wrong, 404 if there is no such virtual server or no
     *         such member to take out, 409 if the change contradicts another virtual server or what the network knows
     */
    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    public Response change(@PathParam("name") String name, InputStream json) {
        return answer(service().changeMembers(name, Json.read(json, MemberChanges.class).members()));
    }

    /**
     * Returns how a member fares.
     *
     * @param name   the name of the virtual server
     * @param member its address and port
     * @return 200 with an entry of the YANG list {@code member-status}; 400 if the member is not written as one, 404 if
     *         there is no such member
     */
    @GET
    @Path("{member}")
    public Response member(@PathParam("name") String name, @PathParam("member") String member) {
        return answer(status(name, id(member)));
    }

    /**
     * Makes sure that there is a member, and that it is as asked for. Doing it again changes nothing.
     *
     * @param name   the name of the virtual server
     * @param member its address and port
     * @param json   its weight and state, and the same address and port or neither
     * @return 200 with an entry of the YANG list {@code member-status}; otherwise as for {@link #change}
     */
    @PUT
    @Path("{member}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("name") String name, @PathParam("member") String member, InputStream json) {
        MemberId id = id(member);
        Member asked = Json.read(json, Member.class, "address", id.address().toString());
        if (!asked.address().equals(id.address()) || asked.port() != 0 && asked.port() != id.port()) {
            throw new InvalidRequestException("address", asked.id() + " is not the member in the address, " + id
                    + ": make them equal");
        }
        service().changeMembers(name, List.of(MemberChange.builder().address(id.address()).port(id.port())
                                                      .weight(asked.weight()).state(asked.state()).build()));
        return answer(status(name, id));
    }

    /**
     * Takes a member out. Its connections go on until the drain time ends.
     *
     * @param name   the name of the virtual server
     * @param member its address and port
     * @return 202 with the virtual server; otherwise as for {@link #change}
     */
    @DELETE
    @Path("{member}")
    public Response remove(@PathParam("name") String name, @PathParam("member") String member) {
        MemberId id = id(member);
        return answer(Response.Status.ACCEPTED, service().changeMembers(name, List.of(
                MemberChange.builder().address(id.address()).port(id.port()).operation(MemberOperation.REMOVE)
                        .build())));
    }

    private static MemberId id(String text) {
        try {
            return MemberId.valueOf(text);
        } catch (RequestException refusal) {
            throw refusal.at("member");
        }
    }

    private MemberStatus status(String name, MemberId id) {
        return existing(name).memberStatus().stream().filter(status -> status.member().equals(id)).findFirst()
                .orElseThrow(() -> new NotFoundException("member", "the virtual server '" + name + "' has no member "
                        + id));
    }

    private VirtualServer existing(String name) {
        return service().server(name).orElseThrow(
                () -> new NotFoundException("name", "there is no virtual server '" + name + "'"));
    }

    private VirtualServerService service() {
        return get(VirtualServerService.class);
    }
}
