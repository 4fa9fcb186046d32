using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class JobsAndTrail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "job_runs",
                columns: table => new
                {
                    job_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    host_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_good_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fault_count = table.Column<int>(type: "integer", nullable: false),
                    fault = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_runs", x => new { x.job_name, x.host_name });
                });

            migrationBuilder.CreateIndex(
                name: "ix_message_deliveries_refused",
                table: "message_deliveries",
                column: "settled_at",
                filter: "state = 'Refused'");

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_happened_at",
                table: "audit_entries",
                column: "happened_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "job_runs");

            migrationBuilder.DropIndex(
                name: "ix_message_deliveries_refused",
                table: "message_deliveries");

            migrationBuilder.DropIndex(
                name: "IX_audit_entries_happened_at",
                table: "audit_entries");
        }
    }
}
